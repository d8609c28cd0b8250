// The Latent space tab: what is chosen in the left column is drawn at once in the right one, by one family or several.
const latent = element.querySelector(".latent");
const tab = element.closest(".tab");
const part = (name) => latent.querySelector("." + name);
const work = atWork(tab, part, show);
const say = work.say;
const pick = picker(part("picker"), say, heard);
const form = () => window.playground.said[tab.id] ?? {};
const familyOf = (key) => families.find((family) => family.key === key) ?? families[0];
const main = () => familyOf(form().model);
function heard() {
  return main().heard;
}

let way = "pad";
let wanted = null; // what the next generation is asked for
let snapshot = {}; // how things stood when it was asked for
let queue = []; // families that are still to take the picture there and back
const paces = new Map(); // milliseconds that a draft of a family took when it was fastest
const beside = new Set(); // families that are compared with the chosen one
const figures = new Map(families.map((family) => [family.key, familyFigure(family, { keep, edited: move, say })]));
const live = drafts((key, answer, milliseconds) => {
  paces.set(key, Math.min(paces.get(key) ?? Infinity, milliseconds));
  figures.get(key).show(answer, describe());
  if (key === main().key && answer.problem) say(answer.problem);
  WAYS[way].tell?.();
}, (key) => familyOf(key).rests);

const film = player({ say, live: () => (filmed = false, arrange(), move()) });
let filmed = false;
const films = { figure: film.figure, there: () => filmed, away: () => filmed && ((filmed = false), arrange()), show: (made) => ((filmed = true), film.show(made), arrange()) };
const own = make("img", { alt: "Your picture" });
const given = make("figure", { className: "family given" }, make("div", { className: "canvas" }, own), make("figcaption", {}, make("b", { textContent: "Your picture" }), make("span", { className: "summary", textContent: "As it goes in." })));
const hands = { changed: () => (films.away(), move()), say, pick, form, heard, pace: () => paces.get(main().key) ?? Infinity, title: () => main().title, films, attributes: () => main().attributes };
const WAYS = { pad: padWay(hands), walk: walkWay(hands), sum: sumWay(hands), picture: ownWay(hands) };
const describe = () => WAYS[way].words();
const rivals = () => families.filter((family) => family.key !== main().key && family.heard === heard());
const keys = () => [main().key, ...(WAYS[way].all ? rivals().map((family) => family.key) : beside)];

// What to make now, by the family with this key; `rough` is what follows the hand.
function asked(key, rough = false) {
  const codes = way === "pad" || way === "sum" ? figures.get(key).codes() : "";
  return { model: key, settings: { ...CENTRE, weights: "", attributes: "", codes, way, ...WAYS[way].settings(familyOf(key), rough) } };
}

function move() {
  WAYS[way].tell?.();
  const controls = Object.fromEntries(main().settings.map((name) => [name, form()[name]])); // others have their own defaults
  if (way === "picture" && !heard()) own.src = WAYS.picture.given();
  for (const key of keys()) {
    figures.get(key).measured(null);
    const skipped = WAYS[way].skips?.(familyOf(key));
    if (skipped) figures.get(key).problem(skipped);
    else live.want(key, { ...controls, ...asked(key, true).settings });
  }
}

function keep(key) {
  if (work.going) return say("Stop first, or wait for the end.");
  wanted = asked(key);
  trigger("alter");
}
tab.askChange = () => {
  live.forget();
  const able = keys().filter((key) => !WAYS[way].never?.(familyOf(key)));
  if (!wanted && way === "picture") queue = able.slice(1);
  const told = wanted ?? asked(way === "picture" ? able[0] : main().key);
  wanted = null;
  const { path, shape } = form();
  snapshot = { path, shape, ...told.settings, way, model: told.model };
  return told;
};
// One family after the other, until all have had the picture or somebody stops.
function onward() {
  const key = queue.shift();
  if (key && way === "picture") keep(key);
  else queue = [];
}
tab.addEventListener("settled", () => setTimeout(onward));
tab.addEventListener("click", (event) => event.target.closest(".stop-button") && (queue = []));

function arrange() {
  for (const key of beside) if (!rivals().some((family) => family.key === key)) beside.delete(key);
  tab.querySelector(".make-button").textContent = WAYS[way].make();
  const views = WAYS[way].views?.() || [...(way === "picture" && !heard() ? [given] : []), ...keys().map((key) => figures.get(key).figure)];
  latent.dataset.count = views.length;
  part("views").replaceChildren(...views);
  const others = rivals();
  const chip = (text, on, press) => make("button", { type: "button", className: "chip", textContent: text, ariaPressed: String(on), onclick: () => (press(), arrange(), move(), refocus(text)) });
  const all = others.every((family) => beside.has(family.key));
  const chips = others.map(({ key, title }) => chip(title, beside.has(key), () => beside.delete(key) || beside.add(key)));
  if (others.length > 1) chips.push(chip("All families", all, () => (all ? beside.clear() : others.forEach(({ key }) => beside.add(key)))));
  part("beside").replaceChildren("Compare with", ...chips);
  part("beside").hidden = !others.length || WAYS[way].all || Boolean(WAYS[way].views?.());
}
const refocus = (text) => [...part("beside").children].find((one) => one.textContent === text)?.focus();

function choose(next) {
  way = next;
  queue = [];
  tab.dataset.way = latent.dataset.way = way;
  tab.dataset.heard = heard();
  tab.querySelector(`.latent-ways input[value="${way}"]`).checked = true;
  tab.querySelector(".latent-ways input[value=picture]").nextElementSibling.textContent = heard() ? "My melody" : "My picture";
  tab.querySelector(".way-place").replaceChildren(...WAYS[way].hand());
  if (!work.going) say(WAYS[way].hint);
  live.forget();
  filmed = false;
  arrange();
  move();
}

tab.restorePoints = (settings) => {
  const next = settings.way in WAYS ? settings.way : "pad";
  const points = (settings.points ?? "").split("\n").filter(Boolean).map(pointOf);
  WAYS[next].restore({ ...settings, points });
  if (settings.codes !== undefined) figures.get(settings.model ?? main().key)?.setCodes(settings.codes);
  choose(next);
};

const kept = tray(part("kept"), { say, back });

function back(made) {
  props.value = { ...props.value, reuse: made.seed };
  trigger("reuse");
  tab.restorePoints(made.state);
  if (made.way === "walk") films.show(made);
  say("Here is where that was made; its seed is in the form.");
}

function show(value) {
  if (work.stopping) return;
  work.tell(value);
  latent.dataset.phase = value.phase;
  const [one] = value.works;
  if (value.phase === "failed" && snapshot.way === "picture" && !one) figures.get(snapshot.model).problem(value.status);
  if (!one) return;
  if (one.roll.tracks && !one.file) figures.get(one.model).show({ ...one.roll, norms: undefined }, one.alt);
  if (one.preview) figures.get(one.model).image.src = one.preview;
  if (work.going || !one.file) return;
  const made = { ...one, title: familyOf(one.model).title, state: snapshot };
  if (made.way === "picture") figures.get(made.model).measured(made);
  if (made.way === "picture" && !made.roll.tracks) return;
  if (kept.add(made) && made.way === way) WAYS[way].made?.(made);
}

// Another seed alone, as of a work that is shown again, leaves a film in its place.
let felt = "";
tab.addEventListener("formsaid", () => {
  if (!tab.dataset.way) return;
  const { seed, ...others } = form();
  if (felt !== JSON.stringify(others)) films.away();
  felt = JSON.stringify(others);
  Object.values(WAYS).forEach((one) => one.fit?.());
  if (tab.dataset.heard !== String(heard())) return choose(way); // what one can put in has changed
  arrange();
  move();
});
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
  choose("pad");
  if (new URLSearchParams(location.search).get("tab") === "latent") trigger("arrive");
}
begin();
