// Draws what the server says of tunes: a card each. Every text is set as text, never as HTML, whoever wrote it.
const music = element.querySelector(".music");
const tab = element.closest(".tab");
const part = (name) => music.querySelector("." + name);
const finished = (tunes) => tunes.filter((tune) => tune.file);
let whole = []; // the last tunes that were finished
let earlier = []; // everything finished in this visit, in groups, the newest first
let cards = [];
// A draft that was stopped stays in sight if there is nothing else to see.
const rest = (value) => ({ ...value, works: finished(value.works).length || whole.length ? finished(value.works) : value.works });
const work = atWork(tab, part, show, rest);

function reuse(tune) {
  props.value = { ...props.value, reuse: tune.seed };
  trigger("reuse");
  work.say(`Seed ${tune.seed} is in the form: change the words and compose again.`);
}

// Begins a generation that changes a tune. If a card had the keyboard's place, the one that comes gets it back.
let wanted = null;
let after = null;
function ask(told, then) {
  if (work.going) return work.say("Stop first, or wait for the end.");
  wanted = told;
  after = { ...then, focused: part("tunes").contains(document.activeElement) };
  trigger("alter");
}
tab.askChange = () => wanted;

function newCard() {
  const name = () => (cards.length > 1 ? ` tune ${cards.indexOf(made) + 1}` : "");
  const made = tuneCard({ say: work.say, reuse, name });
  made.change = changes(made, { ask, say: work.say, busy: () => work.going });
  made.growth = growing(made, { ask, name });
  made.card.append(made.change.row, made.growth.row);
  return made;
}

// A card stays for as long as its tune is there, so that nothing that is heard breaks off.
function hang(tunes) {
  const kept = tunes.map((tune, index) => {
    const card = cards[index];
    return card && (!card.file() || card.file() === tune.file) ? card : newCard();
  });
  const before = cards;
  cards = kept;
  music.dataset.count = cards.length;
  music.toggleAttribute("data-previews", isPreview(tunes[0]));
  const place = part("tunes");
  if (cards.length !== before.length || cards.some((card, index) => card !== before[index])) {
    before.filter((card) => !cards.includes(card)).forEach((card) => card.end());
    place.replaceChildren(...cards.map((one) => one.card));
  }
  cards.forEach((one, index) => {
    one.card.ariaLabel = `Tune ${index + 1}`;
    if (!one.file() || one.file() !== tunes[index].file) {
      one.show(tunes[index], work.going);
      one.change.show(tunes[index]);
      one.growth.show(tunes[index]);
    }
    one.rename();
  });
}

function again(tunes) {
  if (work.going) return work.say("Stop first, or wait for the end.");
  const status = tunes.length > 1 ? "Here are those previews again." : "Here is that tune again.";
  props.value = { ...props.value, phase: "done", status, works: tunes };
  show(props.value);
}

const saveAll = savingAll(() => cards.map((card) => card.file()).filter(Boolean), work.say);
const growAll = growingAll(() => whole, ask);
part("together").append(saveAll, growAll.place);

function remember(tunes) {
  whole = tunes;
  const fresh = groups(tunes).filter(([tune]) => !earlier.some(([old]) => old.file === tune.file));
  if (fresh.length) {
    earlier = [...fresh, ...earlier].slice(0, 24);
    part("earlier-tunes .chips").replaceChildren(...earlier.map((group) =>
      make("button", { type: "button", className: "chip", textContent: groupName(group), onclick: () => again(group) })));
  }
  part("earlier-tunes").hidden = earlier.length < 2;
  [...part("earlier-tunes .chips").children].forEach((button, index) => {
    button.ariaCurrent = tunes.some((tune) => tune.file === earlier[index][0].file) ? "true" : null;
  });
}

function show(value) {
  if (work.stopping) return;
  const before = work.going;
  work.tell(value);
  if (work.going && !before && after?.focused) tab.querySelector(".stop-button").focus();
  music.dataset.phase = value.phase;
  if (!work.going && finished(value.works).length) remember(finished(value.works));
  hang(value.works.length ? value.works : whole);
  part("together").hidden = work.going || finished(value.works.length ? value.works : whole).length < 2;
  saveAll.hidden = isPreview(whole[0]);
  growAll.show();
  music.toggleAttribute("data-old", work.going && !value.works.length && whole.length > 0);
  if (!work.going && before) settle(value.phase === "done");
}

// The tune that was asked for is there, or will not come.
function settle(there) {
  const { place, begin, focused } = after ?? {};
  after = null;
  const lost = [document.body, tab.querySelector(".make-button")].includes(document.activeElement);
  if (focused && lost) cards[0]?.growth.rest() || cards[0]?.change.rest(place);
  if (there && begin !== undefined) cards[0].begin(begin);
}

const startKeys = keyboard({ say: work.say, busy: () => work.going, go: (played) => ask({ played, settings: { change: "continue" } }) });
part("start-place").append(startKeys.fold);

function redraw() {
  cards.forEach((card) => (card.redraw(), card.change.redraw()));
  startKeys.draw();
}
new ResizeObserver(redraw).observe(part("tunes"));
new MutationObserver(redraw).observe(document.body, { attributes: true, attributeFilter: ["class"] }); // light and dark
document.fonts?.ready.then(redraw);
watch("value", () => show(props.value));
if (new URLSearchParams(location.search).get("tab") === "music") trigger("arrive");
