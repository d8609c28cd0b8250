// What can be done with a text in sight: go on, try again, edit, undo, copy, keep. Its state is in river.js.
const ENDINGS = [".md", ".txt", ".json"];

function drawTools() {
  const node = shown.length === 1 ? shown[0] : null;
  const list = [];
  if (node && !work.going && node.asked.mode !== "measure") {
    list.push(tool("on", "Go on", { onclick: () => go("went on", node, node.tokens, node) }));
    list.push(tool("again", "Try again", { onclick: () => go("again", node, node.tokens.slice(0, node.inherited), node.parent) }));
    list.push(tool("edit", "Edit", { onclick: () => edit(node) }));
    if (beside(node).length > 1) list.push(tool("side", "Side by side", { onclick: () => walk(beside(node)) }));
  }
  if (walked.length && !work.going) list.push(tool("undo", "Undo", { onclick: undo }));
  if (node?.asked.mode === "chat" && !work.going) list.push(tool("new", "New chat", { onclick: newChat }));
  if (node && !work.going) list.push(...saving(node));
  const held = part("tools").contains(document.activeElement) ? document.activeElement.title : null;
  part("tools").replaceChildren(...list);
  if (held !== null) (list.find((one) => one.title === held) ?? list[0])?.focus({ preventScroll: true });
}

function saving(node) {
  const copy = async () => say((await window.playground.copy(wholeOf(node))) ? "The text is copied." : "Mark the text and copy it.");
  const files = Object.entries(node.files);
  const links = files.map(([ending, file]) =>
    tool("save", ending, { href: served(file), download: file.split("/").pop(), ariaLabel: `Download as ${ending}` }, "a"));
  if (!files.length) links.push(...ENDINGS.map((ending) =>
    tool("save", ending, { ariaLabel: `Download as ${ending}`, onclick: () => download(node, ending) })));
  return [tool("copy", "Copy", { onclick: copy }), ...links];
}

// A text that was stopped or edited has no files yet.
async function download(node, ending) {
  const asked = { ...node.asked, seed: node.seed, answers: 1 };
  const content = await server.file({ text: textOf(node), ending, asked, edited: node.text !== null });
  if (content === null) return say("This text is too long for a file: mark it and copy it.");
  const link = make("a", { href: URL.createObjectURL(new Blob([content])), download: asked.model + ending });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function edit(node) {
  editing = true;
  const box = make("textarea", { value: textOf(node), rows: 10, ariaLabel: "The text" });
  const back = () => part("tools").querySelector('[title="Edit"]')?.focus();
  const leave = () => (draw(), back());
  const change = (act) => () => {
    if (work.going) return say(BUSY);
    editing = false;
    const tokens = fitting(node.tokens, box.value).filter((token) => token.text !== "");
    act(tokens, box.value);
  };
  const keep = change((tokens, text) => {
    const kept = plant({ kind: "edited", parent: node, tokens, messages: node.messages, run: -2 - nodes.length }, node.asked, node.number);
    kept.text = text;
    walk([kept]);
    back();
  });
  const on = change((tokens) => (draw(), go("edited", node, tokens, node)));
  part("answers").replaceChildren(make("div", { className: "editing" }, box, make("div", { className: "choices" },
    tool("on", "Go on from here", { onclick: on }), tool("keep", "Keep", { onclick: keep }), tool("undo", "Cancel", { onclick: leave }))));
  part("tools").replaceChildren();
  part("paths").hidden = true; // walking away would lose what is typed
  panel.close(false);
  box.focus();
}
