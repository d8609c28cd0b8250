// Every text of this visit and where it branched off: a tree that is walked, starred and never forgets. Draws its rows.
const nodes = [];
let shown = []; // the nodes in sight, side by side
const walked = []; // what was in sight before, for Undo

const joined = (tokens) => tokens.map((token) => token.text).join("");
const textOf = (node) => node.text ?? joined(node.tokens);

// As a person reads it: with what it goes on from (tabs/keeping.py does so for files).
function wholeOf(node) {
  const { mode, prompt, suffix } = node.asked;
  return (["write", "fill"].includes(mode) ? prompt : "") + textOf(node) + ((mode === "fill" && suffix) || "");
}

// `told` says where the text comes from: parent, kind, messages, and the tokens it begins with.
function plant(told, asked, number) {
  const node = {
    id: nodes.length, number, asked, parent: told.parent ?? null, kind: told.kind, messages: told.messages ?? [],
    tokens: [...(told.tokens ?? [])], inherited: (told.tokens ?? []).length,
    read: 0, text: null, seed: Number.isInteger(asked.seed) ? asked.seed + number : null, files: {}, star: false, run: told.run,
  };
  nodes.push(node);
  return node;
}

// Take over what the server said of an answer since the last time.
function grow(node, answer) {
  const end = answer.lines.lastIndexOf("\n") + 1;
  for (const line of answer.lines.slice(node.read, end).split("\n")) {
    if (!line) continue;
    const [text, probability, rank, alternatives] = JSON.parse(line);
    node.tokens.push({ text, probability, rank, alternatives });
  }
  node.read = Math.max(node.read, end);
  if (answer.text === null || node.text !== null) return;
  Object.assign(node, { text: answer.text, seed: answer.seed, files: answer.files });
  if (node.asked.mode === "measure") return;
  const fit = fitting(node.tokens, answer.text);
  if (joined(fit.filter((token) => !token.plain)) !== joined(node.tokens.filter((token) => !token.plain))) node.cut = true;
  node.tokens = fit;
}

// The tokens that `text` begins with, and what it has beyond them as one plain piece.
function fitting(tokens, text) {
  const kept = [];
  let length = 0;
  for (const token of tokens) {
    if (!text.startsWith(token.text, length)) break;
    kept.push(token);
    length += token.text.length;
  }
  return length < text.length ? [...kept, { text: text.slice(length), plain: true }] : kept;
}

function show(list) {
  if (list.length === shown.length && list.every((node, index) => node === shown[index])) return;
  if (shown.length) walked.push(shown);
  shown = list;
}

const beside = (node) => nodes.filter((one) => one.run === node.run && one.parent === node.parent);

function depth(node) {
  let count = 0;
  for (let one = node; one.parent; one = one.parent) {
    if (one.kind !== "went on" && one.kind !== "turn") count += 1;
  }
  return Math.min(count, 6);
}

function inOrder(parent = null) {
  return nodes.filter((node) => node.parent === parent).flatMap((node) => [node, ...inOrder(node)]);
}

function summary(node) {
  const fresh = joined(node.tokens.slice(Math.max(0, node.inherited - (node.kind === "fork" ? 1 : 0))));
  const text = (node.asked.mode === "measure" || node.kind === "turn" ? node.asked.prompt : fresh.trim() ? fresh : textOf(node)).trim().replace(/\s+/g, " ");
  return text.length > 60 ? text.slice(0, 58) + " …" : text || "(nothing)";
}

function drawTree(place, onWalk) {
  const rows = inOrder().map((node) => {
    const walk = make("button", { type: "button", className: "walk", onclick: () => onWalk([node]) });
    walk.append(make("span", { className: "kind", textContent: beside(node).length > 1 ? `answer ${node.number + 1}` : node.kind }), make("span", { className: "said", textContent: summary(node) }));
    walk.ariaCurrent = shown.includes(node) ? "true" : null;
    const star = make("button", { type: "button", className: "star", title: "Star", ariaLabel: `Star: ${summary(node)}` });
    star.ariaPressed = String(node.star);
    star.onclick = () => (star.ariaPressed = String((node.star = !node.star)));
    const row = make("li", {}, walk, star);
    row.style.setProperty("--depth", depth(node));
    return row;
  });
  const list = place.querySelector("ul");
  const held = [...list.querySelectorAll("button")].indexOf(document.activeElement);
  list.replaceChildren(...rows);
  place.hidden = rows.length < 2;
  const here = list.querySelector("[aria-current]")?.closest("li");
  if (here) scrollInside(list, here);
  list.querySelectorAll("button")[held]?.focus({ preventScroll: true });
}

// Unlike scrollIntoView, this leaves the page where it is.
function scrollInside(list, row) {
  const inner = row.getBoundingClientRect();
  const outer = list.getBoundingClientRect();
  list.scrollTop += Math.max(0, inner.bottom - outer.bottom) - Math.max(0, outer.top - inner.top);
}
