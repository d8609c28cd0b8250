// What can be done with a finished tune beside hearing and saving it: go on, write some bars anew, play a track anew.
// Knows no server.
const BARS_AT_ONCE = 8; // of a long tune
const WHOLE = 16; // bars of a tune that can be rewritten as a whole
const MOST_TAKES = 99;
let lastRange = null; // first and last bar that were rewritten: often they shall be once more

// `made` is a card; `acts`: ask(told, after) begins a generation, after which the
// keyboard goes on at `place` of the new card, and it is played from `begin` if that is said; say(sentence).
function changes(made, acts) {
  let tune = null;
  const counter = (label) => make("input", { type: "number", min: "1", inputMode: "numeric", ariaLabel: label });
  const [first, last] = [counter("First bar"), counter("Last bar")];
  const go = make("button", { type: "submit", className: "chip", textContent: "Rewrite them" });
  const hint = make("span", { className: "hint", textContent: "or drag along the chords" });
  const range = make("form", { className: "bars", hidden: true, noValidate: true }, "Bars ", first, " to ", last, go, hint);
  const onward = tool("on", "Continue", { onclick: () => ask("continue") });
  const anew = tool("anew", "Rewrite bars", { onclick: () => fold(range.hidden) });
  const edit = tool("edit", "Edit notes", { onclick: () => edits.open() });
  const hear = tool("hear", "Hear it", { hidden: true, onclick: () => ask("play", {}, { begin: 0 }) });
  const said = make("span", { className: "hint", hidden: true, textContent: "The melody was edited." });
  const row = make("div", { className: "changes", role: "group", ariaLabel: "Change this tune" }, onward, anew, edit, hear, said, range);
  const edits = editing(made, { hear: () => hear.onclick(), onward: () => ask("continue"), closed: () => edit.focus({ preventScroll: true }), edited });

  const count = () => Math.round(tune.roll.seconds / tune.roll.bar);
  const ask = (change, settings = {}, after = {}) => acts.ask({ ...tune.change, melody: undefined, notes: edits.numbers(), settings: { ...tune.change.settings, change, ...settings } }, { place: change, ...after });

  function edited() {
    hear.hidden = said.hidden = edits.numbers() === null;
  }

  function fold(open) {
    range.hidden = !open;
    anew.ariaExpanded = String(open);
    if (open && !first.value) choose(...(lastRange?.[1] <= count() ? lastRange : [Math.floor(count() / 2) + 1, Math.min(count(), Math.floor(count() / 2) + 4)]));
    mark();
    if (open) first.focus();
  }

  function choose(from, to) {
    [first.value, last.value] = [from, to];
    mark();
  }

  const chosen = () => [first, last].map((input) => Number.parseInt(input.value, 10));

  function mark() {
    const [from, to] = chosen();
    const good = !range.hidden && from >= 1 && to >= from && to <= count();
    marked(good ? [(from - 1) * tune.roll.bar, to * tune.roll.bar] : null);
  }

  // A button for each track but the melody, of which bars are rewritten.
  function offerTakes() {
    const takes = Object.fromEntries(tune.change.settings.takes.split(", ").filter(Boolean).map((one) => one.split(" ")));
    [...made.voices.children].forEach((item, index) => {
      const { name } = tune.roll.tracks[index];
      if (!index || item.querySelector(".take")) return;
      const label = `Another take of ${name}`;
      const take = make("button", { type: "button", className: "knob take", title: label, ariaLabel: label }, make("span", { className: "glyph again" }));
      take.dataset.track = name;
      take.onclick = () => {
        const next = { ...takes, [name]: (Number(takes[name] ?? 0) % MOST_TAKES) + 1 };
        const said = Object.entries(next).map((one) => one.join(" ")).join(", ");
        ask("play", { takes: said }, { place: `take ${name}`, begin: made.place() });
      };
      item.append(take);
    });
  }

  range.oninput = mark;
  range.onsubmit = (event) => {
    event.preventDefault();
    const [from, to] = chosen();
    if (!(from >= 1 && to >= from && to <= count())) return acts.say(`The tune has bars 1 to ${count()}.`);
    if (to - from >= BARS_AT_ONCE && count() > WHOLE) return acts.say(`Choose up to ${BARS_AT_ONCE} bars of a tune as long as this one.`);
    lastRange = [from, to];
    ask("rewrite", { first_bar: from, last_bar: to });
  };
  range.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    fold(false);
    anew.focus();
  };

  const marked = stretch(made.frame, made.roll, (from, to) => {
    if (!tune) return;
    const bar = (seconds) => Math.max(1, Math.min(count(), Math.floor(seconds / tune.roll.bar) + 1));
    const [a, b] = [bar(Math.min(from, to)), bar(Math.max(from, to))];
    choose(a, b);
    if (range.hidden) fold(true);
  });

  function show(next) {
    tune = next.file && next.change.melody ? next : null;
    row.hidden = !tune;
    if (!tune) return;
    for (const input of [first, last]) input.max = String(count());
    offerTakes();
    edits.show(tune);
    edited();
  }

  // Where the keyboard goes on after a change.
  function rest(place) {
    const take = [...made.voices.querySelectorAll(".take")].find((one) => place === `take ${one.dataset.track}`);
    (take ?? { rewrite: anew, play: edit }[place] ?? onward).focus({ preventScroll: true });
  }
  return { row, show, rest, redraw: () => tune && (edits.draw(), mark()) };
}
