// The Latent space tab: what is chosen in the left column is drawn at once in the right one, by one family or several.
const latent = element.querySelector(".latent");
const tab = element.closest(".tab");
const part = (name) => latent.querySelector("." + name);
const work = atWork(tab, part, show);
const say = work.say;
const pick = picker(part("picker"), say);
const form = () => window.playground.said[tab.id] ?? {};
const familyOf = (key) => families.find((family) => family.key === key) ?? families[0];
const main = () => familyOf(form().model).key;
const HINTS = { pad: "Drag the puck, or move it with the arrow keys." };
const STARTS = ["red-boat", "yellow-house", "purple-castle", "white-lighthouse"];
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

const corners = CORNERS.map((label, index) => slot(label, pointOf(`card ${STARTS[index]}`), { changed: move, say, pick }));
const puck = pad(corners, move);

const WAYS = {
  pad: {
    make: "Keep this picture",
    hand: [puck.frame],
    settings: () => ({ points: linesOf(corners.map((corner) => corner.point())), ...puck.at() }),
    restore: ({ points, x, y }) => {
      corners.forEach((corner, index) => points[index] && corner.set(points[index]));
      puck.set(x ?? 0.5, y ?? 0.5);
    },
    surprise: () => {
      drawnCards(4).forEach((point, index) => corners[index].set(point));
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
  const keys = [main(), ...[...beside].filter((key) => key !== main())];
  for (const key of beside) if (key === main()) beside.delete(key);
  latent.dataset.count = keys.length;
  part("views").replaceChildren(...(WAYS[way].views?.() ?? keys.map((key) => figures.get(key).figure)));
  const others = families.filter((family) => family.key !== main());
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
  tab.querySelector(".make-button").textContent = WAYS[way].make;
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

tab.addEventListener("formsaid", () => tab.dataset.way && (arrange(), move()));
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
