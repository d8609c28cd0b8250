// The Latent space tab: what is chosen in the left column is drawn at once in the right one, by one family or several.
const latent = element.querySelector(".latent");
const tab = element.closest(".tab");
const part = (name) => latent.querySelector("." + name);
const work = atWork(tab, part, show);
const say = work.say;
const pick = picker(part("picker"), say, heard);
const form = () => window.playground.said[tab.id] ?? {};
const familyOf = (key) => families.find((family) => family.key === key) ?? families[0];
const main = () => familyOf(form().model).key;
function heard() {
  return familyOf(form().model).heard;
}
const HINTS = { pad: "Drag the puck, or move it with the arrow keys." };
const STARTS = ["red-boat", "yellow-house", "purple-castle", "white-lighthouse"];
const MELODIES = ["busy-reel", "leaping-reel", "rising-pop", "busy-pop"];
const CORNERS = ["Above on the left", "Above on the right", "Below on the left", "Below on the right"];

let way = "pad";
let wanted = null; // what the next generation is asked for
let snapshot = {}; // how things stood when it was asked for
const beside = new Set(); // families that are compared with the chosen one
const figures = new Map(families.map((family) => [family.key, familyFigure(family, keep)]));
const live = drafts((key, answer, settings) => {
  figures.get(key).show(answer, describe());
  if (key === main() && answer.problem) say(answer.problem);
});

const corners = CORNERS.map((label, index) => slot(label, pointOf(`card ${STARTS[index]}`), { changed: move, say, pick, heard }));
const away = [STARTS.map((name) => pointOf(`card ${name}`)), MELODIES.map((name) => pointOf(`card ${name}`))]; // corners of pictures, and of melodies
const puck = pad(corners, move);

const WAYS = {
  pad: {
    make: () => (heard() ? "Keep and play" : "Keep this picture"),
    hand: [puck.frame],
    settings: () => ({ points: linesOf(corners.map((corner) => corner.point())), ...puck.at() }),
    restore: ({ points, x, y }) => {
      corners.forEach((corner, index) => points[index] && corner.set(points[index]));
      puck.set(x ?? 0.5, y ?? 0.5);
    },
    surprise: () => {
      drawnCards(4, heard()).forEach((point, index) => corners[index].set(point));
      puck.set(0.25 + Math.random() / 2, 0.25 + Math.random() / 2);
    },
    words: () => `between ${corners.map((corner) => corner.point().name).join(", ")}`,
    live: true,
  },
};
const describe = () => WAYS[way].words();

// What to make now, by the family with this key.
function asked(key) {
  return { model: key, settings: { ...(way === "pad" ? {} : { x: 0.5, y: 0.5 }), weights: "", attributes: "", codes: "", way, ...WAYS[way].settings(key) } };
}

function move() {
  if (!WAYS[way].live) return;
  const { model, ...controls } = form();
  for (const key of [main(), ...beside]) live.want(key, { ...controls, ...asked(key).settings });
}

function keep(key) {
  if (work.going) return say("Stop first, or wait for the end.");
  wanted = asked(key);
  trigger("alter");
}
tab.askChange = () => {
  const told = wanted ?? asked(main());
  wanted = null;
  snapshot = { way, ...told.settings };
  return told;
};

function arrange() {
  for (const key of beside) if (key === main() || familyOf(key).heard !== heard()) beside.delete(key);
  const keys = [main(), ...beside];
  latent.dataset.count = keys.length;
  tab.querySelector(".make-button").textContent = WAYS[way].make();
  part("views").replaceChildren(...(WAYS[way].views?.() ?? keys.map((key) => figures.get(key).figure)));
  const others = families.filter((family) => family.key !== main() && family.heard === heard());
  const chips = others.map((family) => {
    const chip = make("button", { type: "button", className: "chip", textContent: family.title, ariaPressed: String(beside.has(family.key)) });
    chip.onclick = () => {
      if (!beside.delete(family.key)) beside.add(family.key);
      chip.ariaPressed = String(beside.has(family.key));
      latent.dataset.count = beside.size + 1;
      part("views").replaceChildren(...[main(), ...beside].map((key) => figures.get(key).figure));
      move();
    };
    return chip;
  });
  part("beside").replaceChildren("Compare with", ...chips);
  part("beside").hidden = !others.length || !WAYS[way].live;
}

function choose(next) {
  way = next;
  tab.dataset.way = way;
  tab.querySelector(`.latent-ways input[value="${way}"]`).checked = true;
  tab.querySelector(".way-place").replaceChildren(...WAYS[way].hand);
  live.forget();
  arrange();
  move();
}

tab.restorePoints = (settings) => {
  const next = settings.way in WAYS ? settings.way : "pad";
  const points = (settings.points ?? "").split("\n").filter(Boolean).map(pointOf);
  WAYS[next].restore({ ...settings, points });
  choose(next);
};

const kept = tray(part("kept"), { say, back });

function back(work) {
  props.value = { ...props.value, reuse: work.seed };
  trigger("reuse");
  tab.restorePoints(work.state);
  say("Here is where that was made; its seed is in the form.");
}

function show(value) {
  if (work.stopping) return;
  const before = work.going;
  work.tell(value);
  latent.dataset.phase = value.phase;
  if (!work.going) for (const one of value.works.filter((one) => one.file)) kept.add({ ...one, title: familyOf(one.model).title, state: snapshot });
  WAYS[way].show?.(value, before);
}

// A model of melodies has no place for pictures, and the other way round: the corners change with it, and come back.
function fit() {
  corners.forEach((corner, index) => {
    const point = corner.point();
    if (fits(point, heard())) return;
    away[Number(!heard())][index] = point;
    corner.set(away[Number(heard())][index]);
  });
}
tab.addEventListener("formsaid", () => tab.dataset.way && (fit(), arrange(), move()));
tab.addEventListener("click", (event) => {
  if (!event.target.closest(".surprise-button") || work.going) return;
  WAYS[way].surprise();
  move();
});
watch("value", () => show(props.value));

// The left column may come later than this one.
function begin() {
  if (!tab.querySelector(".latent-hand") || !tab.querySelector(".make-button")) return requestAnimationFrame(begin);
  tab.querySelector(".latent-ways").onchange = (event) => choose(event.target.value);
  for (const input of tab.querySelectorAll(".latent-ways input")) input.parentElement.hidden = !(input.value in WAYS);
  choose("pad");
  if (new URLSearchParams(location.search).get("tab") === "latent") trigger("arrive");
}
begin();
