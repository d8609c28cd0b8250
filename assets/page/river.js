// Draws what the server says of a text, and asks it for more. Every text is set as text, never as HTML.
const river = element.querySelector(".river");
const tab = element.closest(".tab");
const part = (name) => river.querySelector("." + name);
const columns = new Map(); // node -> its element
const runs = new Map(); // number of a generation -> what was told of it when it began
let run = 0;
let next = null; // what the river wants in place of what the form says
let editing = false;
let brought = null; // what a dropped file showed, which is taken once
const BUSY = "Stop first, or wait for the end.";
const work = atWork(tab, part, update);
const { say } = work;

const way = () => tab.querySelector(".modes input:checked")?.value ?? "Write";
const panel = alternatives(part("alternatives"), (node, index, chosen) =>
  go("fork", node, [...node.tokens.slice(0, index), chosen], node));
const nodeOf = (token) => [...columns].find(([, column]) => column.contains(token))[0];
moveByKeys(part("answers"), nodeOf, panel);
moveByPointer(river, part("answers"), (token) => {
  const node = nodeOf(token);
  mark(token, node);
  panel.open(token, node, Number(token.dataset.index), work.going || node.asked.mode === "measure");
}, panel);

// Ask for a text that begins with `tokens`, as a branch of `parent`, in the place of `node`.
function go(kind, node, tokens, parent) {
  if (work.going) return say(BUSY);
  const { prompt, mode, system, suffix } = node.asked;
  const asked = { prompt, mode, system, suffix, answer_start: joined(tokens) };
  next = { kind, parent, tokens, messages: node.messages, node: asked };
  trigger("go");
}

function beginning() {
  const last = shown[0];
  if (way() !== "Chat" || last?.asked.mode !== "chat") return { kind: "began" };
  const said = [["user", last.asked.prompt], ["assistant", textOf(last)]];
  return { kind: "turn", parent: last, messages: [...last.messages, ...(textOf(last) ? said : [])] };
}

function newChat() {
  show([]);
  draw();
  say("A new chat begins with what you send next.");
  tab.querySelector(".prompt textarea").focus();
}

function begun(told) {
  next = null; // also what was asked for and never began
  runs.set((run += 1), { ...told, run });
  const { kind, node, messages } = told;
  return { ask: { run, node, messages: messages ?? [], again: kind === "again", ...(tab.askCase?.() ?? {}) } };
}
tab.askWrite = () => begun(beginning());
tab.askGo = () => begun(next ?? beginning());
// What the counter counts besides the prompt.
tab.askSaid = () => (way() === "Chat" ? beginning().messages ?? [] : []).map(([, text]) => text).join("\n");

function take(value) {
  const told = value.run < 0 ? { kind: "brought", run: value.run - nodes.length } : runs.get(value.run) ?? { kind: "began", run: value.run };
  if (told.over || (value.run < 0 && value === brought)) return;
  if (value.run < 0) brought = value;
  if (!told.nodes) {
    told.nodes = [];
    runs.set(told.run, told);
    if (value.run < 0) told.messages = value.asked.messages;
    if (!told.tokens && value.start) told.tokens = [{ text: value.start, plain: true }];
  }
  while (told.nodes.length < value.answers.length) told.nodes.push(plant(told, value.asked, told.nodes.length));
  value.answers.forEach((answer, index) => grow(told.nodes[index], answer));
  if (value.verdict) told.nodes[0].verdict = value.verdict;
  if (told.nodes.length && told.shown) shown = [...told.nodes];
  else if (told.nodes.length) show([...told.nodes]);
  told.shown = told.nodes.length > 0;
  told.over = value.phase !== "working";
}

function column(node) {
  if (columns.has(node)) return columns.get(node);
  const prompt = make("span", { className: "asked" });
  const tokens = make("span", { className: "tokens", role: "group", ariaLabel: `Answer ${node.number + 1}, token by token: arrow keys move` });
  const made = make("article", { className: "answer" }, make("p", { className: "written" }, prompt, tokens), make("div", { className: "foot" }));
  prompt.textContent = ["write", "fill"].includes(node.asked.mode) ? node.asked.prompt : "";
  made.drawn = 0;
  columns.set(node, made);
  return made;
}

function drawColumns() {
  const list = shown.map(column);
  const first = shown[0];
  const place = part("answers");
  if (list.length !== place.children.length || list.some((one, index) => one !== place.children[index])) place.replaceChildren(...list);
  shown.forEach((node, index) => drawTokens(list[index], node));
  shown.forEach((node, index) => {
    const choose = tool("pick", "Go on with this one", { onclick: () => walk([node]) });
    const seed = make("span", { className: "made", textContent: node.seed === null ? "" : `Seed ${node.seed}` });
    list[index].querySelector(".foot").replaceChildren(...(shown.length > 1 && !work.going ? [seed, choose] : []));
  });
  river.dataset.count = shown.length;
  river.toggleAttribute("data-old", work.going && !runs.get(run)?.shown);
  river.dataset.mode = first?.asked.mode ?? "write";
  river.toggleAttribute("data-code", first?.asked.mode === "fill" || way() === "Code");
  const told = runs.get(run);
  if (told?.kind === "fork" && told.shown && !told.rested) told.rested = restOn(first, list[0]);
  part("verdict").textContent = first?.verdict ?? "";
  part("verdict").hidden = !first?.verdict;
  part("legend").hidden = !shown.some((node) => node.tokens.length);
  drawTurns(first);
}

// After a fork the keyboard goes on at the token that was chosen.
function restOn(node, place) {
  const token = [...place.querySelectorAll(".chosen")].at(-1);
  if (!token || ![document.body, null].includes(document.activeElement)) return true;
  mark(token, node);
  panel.rest(token);
  return true;
}

let turnsOf; // the text whose conversation is in sight: drawing it again would say all of it again
function drawTurns(node) {
  if (node === turnsOf) return;
  turnsOf = node;
  const chat = node?.asked.mode === "chat";
  const turns = chat ? [...node.messages, ["user", node.asked.prompt]] : [];
  part("earlier-turns").replaceChildren(...turns.map(([who, text]) => make("p", { className: "turn " + (who === "user" ? "user" : "model"), textContent: text })));
  part("earlier-turns").hidden = !chat;
}

function walk(list) {
  if (work.going) return say(BUSY);
  show(list);
  draw();
  say(list.length > 1 ? "Choose one to go on with." : "Here is that text again.");
}

function undo() {
  shown = walked.pop();
  draw();
  say("Back to where you were.");
}

function draw() {
  editing = false;
  panel.close(part("alternatives").contains(document.activeElement));
  drawColumns();
  drawTools();
  drawTree(part("paths"), walk);
}

function update(value) {
  if (work.stopping) return;
  const before = work.going;
  work.tell(value);
  river.dataset.phase = value.phase;
  if (value.phase !== "idle") take(value);
  if (!editing && (work.going && before)) drawColumns();
  else if (!editing) draw();
  if (before && !work.going && value.asked.mode === "chat" && value.answers.length) emptyPrompt(value.asked.prompt);
}

// What was sent is a bubble now, however its answer ended: sent again it would be said twice.
function emptyPrompt(sent) {
  const box = tab.querySelector(".prompt textarea");
  if (way() !== "Chat" || box.value !== sent) return;
  box.value = "";
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

watch("value", () => update(props.value));
if (new URLSearchParams(location.search).get("tab") === "text") trigger("arrive");
