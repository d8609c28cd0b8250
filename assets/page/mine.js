// The gallery of this browser: asks the server for it, and does what its buttons say. Every text is set as text.
const mine = element.querySelector(".mine");
const tab = element.closest(".tab");
const part = (name) => mine.querySelector("." + name);
const AT_ONCE = 24; // thumbnails in one answer
let ids = []; // of all pictures there are, the newest first
let seen = AT_ONCE; // how many of them are to be seen
let hung = []; // the files that the stage shows
let sure = null; // what is to be deleted, if that is being asked
const known = new Map(); // id -> the thumbnail, later with the picture that the stage can show
const compare = comparing(part("comparing"));
const tiles = tiling(part("tiles"), { all: () => ids, changed: () => ((sure = null), say(""), acts()), show, wipe: () => ask([...tiles.chosen]) });
const say = (text) => (part("mine-said").textContent = text);

// What the server answers; null if it said a problem instead, which is told.
async function asked(name, told) {
  const answer = await server[name](told).catch(() => ({ problem: "The server does not answer: try again in a moment." }));
  if (answer.problem) say(answer.problem);
  return answer.problem ? null : answer;
}

function take(answer) {
  if (!answer) return;
  ids = answer.ids;
  for (const picture of answer.pictures) if (!known.has(picture.id)) known.set(picture.id, picture);
  for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
  part("kept").textContent = answer.kept;
  draw();
}

function draw() {
  const pictures = ids.slice(0, seen).map((id) => known.get(id)).filter(Boolean);
  mine.hidden = !ids.length;
  part("older").hidden = ids.length <= seen;
  tiles.draw(pictures, pictures.filter((picture) => hung.includes(picture.file)).map((picture) => picture.id));
  acts();
}

// What is new, one question after the other.
let refreshing = Promise.resolve();
function refresh() {
  refreshing = refreshing.then(async () => {
    take(await asked("mine_list", { after: ids[0] ?? "" }));
    await more(0);
  });
  return refreshing;
}

// The whole picture, with a file that this browser may fetch.
async function opened(id) {
  const found = await asked("mine_open", { id });
  if (!found) return refresh(), null;
  known.set(id, { ...known.get(id), ...found });
  return found;
}

async function show(id) {
  const picture = await opened(id);
  if (!picture) return;
  tab.dispatchEvent(new CustomEvent("hang", { detail: picture }));
  draw();
}

async function enlarge(id) {
  await show(id);
  tab.querySelector(".stage").scrollIntoView({ block: "start" });
}

// As if the file had been dropped on the page.
async function reuse(id) {
  const picture = await opened(id);
  if (!picture) return;
  const data = await (await fetch(served(picture.file))).blob();
  const dropped = new DataTransfer();
  dropped.items.add(new File([data], picture.file.split("/").pop(), { type: data.type }));
  tab.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
  say("Its settings go into the form.");
}

async function beside([one, two]) {
  const [first, second] = [await opened(one), await opened(two)];
  if (first && second) compare(first, second);
}

async function save(name, told) {
  const found = await asked(name, told);
  if (found) fetched(found.file);
}

function ask(these) {
  sure = these;
  acts();
  part("mine-acts").querySelector("button").focus();
}

async function wipe(these) {
  const files = these.map((id) => known.get(id)?.file).filter(Boolean);
  const answer = await asked("mine_delete", { ids: these });
  sure = null;
  if (!answer) return acts();
  tab.dispatchEvent(new CustomEvent("takendown", { detail: files }));
  take(answer);
  await more(0);
  say(these.length === 1 ? "The picture is deleted." : `${these.length} pictures are deleted.`);
  tiles.rest();
}

// Has the next pictures seen, too.
async function more(count = AT_ONCE) {
  seen += count;
  const missing = ids.slice(0, seen).filter((id) => !known.has(id));
  if (missing.length) take(await asked("mine_list", { ids: missing }));
  else draw();
}

const many = (count) => (count === 1 ? "this picture" : `${count === ids.length ? "all " : ""}${count} pictures`);

function buttons() {
  const these = ids.filter((id) => tiles.chosen.has(id));
  if (sure) {
    return [["Delete", () => wipe(sure)], ["Keep", () => ((sure = null), acts(), tiles.rest())]];
  }
  if (!these.length) {
    return [["Select all", () => tiles.choose(ids)], ["Clear all", () => ask(ids)]];
  }
  const one = [["Show large", () => enlarge(these[0])], ["Use its settings", () => reuse(these[0])], ["Download", () => save("mine_open", { id: these[0] })]];
  return [
    ...(these.length === 1 ? one : []),
    ...(these.length === 2 ? [["Compare", () => beside(these)]] : []),
    ["Zip", () => save("mine_zip_up", { ids: these })],
    ["Delete", () => ask(these)],
    ["Select none", () => tiles.choose([])],
  ];
}

function acts() {
  const place = part("mine-acts");
  const held = place.contains(document.activeElement) ? document.activeElement.textContent : null;
  const made = buttons().map(([name, onclick]) => make("button", { type: "button", className: "chip", textContent: name, onclick }));
  const count = ids.filter((id) => tiles.chosen.has(id)).length;
  const told = sure ? `Delete ${many(sure.length)} for good?` : count ? `${count} chosen` : "";
  place.replaceChildren(...(told ? [make("span", { className: "count", textContent: told })] : []), ...made);
  if (held !== null) (made.find((button) => button.textContent === held) ?? made[0]).focus({ preventScroll: true });
}

part("older").onclick = () => more();
tab.addEventListener("finished", ({ detail: files }) => {
  if (files.some((file) => ![...known.values()].some((picture) => picture.file === file))) refresh();
});
tab.addEventListener("hung", ({ detail: files }) => {
  hung = files;
  draw();
});
refresh();
