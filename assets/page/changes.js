// What can be done with a finished tune beside hearing and saving it: go on, write some bars anew. Knows no server.
const BARS_AT_ONCE = 8; // of a long tune
const WHOLE = 16; // bars of a tune that can be rewritten as a whole
let lastRange = null; // first and last bar that were rewritten: often they shall be once more

// `made` is a card; `acts`: ask(told) begins a generation, say(sentence).
function changes(made, acts) {
  let tune = null;
  const counter = (label) => make("input", { type: "number", min: "1", inputMode: "numeric", ariaLabel: label });
  const [first, last] = [counter("First bar"), counter("Last bar")];
  const go = make("button", { type: "submit", className: "chip", textContent: "Rewrite them" });
  const hint = make("span", { className: "hint", textContent: "or drag along the chords" });
  const range = make("form", { className: "bars", hidden: true, noValidate: true }, "Bars ", first, " to ", last, go, hint);
  const onward = tool("on", "Continue", { onclick: () => ask("continue") });
  const anew = tool("anew", "Rewrite bars", { onclick: () => fold(range.hidden) });
  const row = make("div", { className: "changes", role: "group", ariaLabel: "Change this tune" }, onward, anew, range);

  const count = () => Math.round(tune.roll.seconds / tune.roll.bar);
  const ask = (change, settings = {}) => acts.ask({ ...tune.change, settings: { ...tune.change.settings, change, ...settings } }, row);

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
    tune = next.file && next.change.settings ? next : null;
    row.hidden = !tune;
    if (tune) for (const input of [first, last]) input.max = String(count());
  }

  const rest = (change) => (change === "rewrite" ? anew : onward).focus({ preventScroll: true });
  return { row, show, rest, redraw: () => tune && mark() };
}
