// The first bars of new tunes, to choose among before one of them, or all, are composed whole. Knows no server.
const isPreview = (tune) => Boolean(tune?.change.preview);

// The button on the card `made`. `acts`: ask(told, after) begins a generation, name() is what to call the tune.
function growing(made, acts) {
  let tune = null;
  const button = make("button", { type: "button", className: "whole chip", onclick: () => acts.ask(tune.change, {}) });
  const row = make("div", { className: "changes", hidden: true }, button);

  function show(next) {
    tune = isPreview(next) && next.file ? next : null;
    row.hidden = !tune;
    made.card.classList.toggle("preview", isPreview(next));
    if (tune) button.textContent = `Compose${acts.name() || " this tune"} whole`;
  }
  return { row, show, rest: () => tune && (button.focus({ preventScroll: true }), true) };
}

// What stands under several previews. `tunes` gives those in sight.
function growingAll(tunes, ask) {
  const button = make("button", { type: "button", className: "chip" });
  const hint = make("span", { className: "hint" });
  const place = make("div", { className: "grow-all" }, button, hint);
  button.onclick = () => {
    const { change } = tunes()[0];
    ask({ ...change, settings: { ...change.settings, tunes: tunes().length } }, {});
  };

  function show() {
    const shown = tunes();
    place.hidden = !isPreview(shown[0]);
    button.textContent = `Compose all ${shown.length} whole`;
    hint.textContent = `You hear the first ${shown[0]?.change.preview} bars of each.`;
  }
  return { place, show };
}

// Previews stay together, since one chooses among them.
const groups = (tunes) => (isPreview(tunes[0]) ? [tunes] : tunes.map((tune) => [tune]));
const groupName = (tunes) =>
  isPreview(tunes[0]) && tunes.length > 1
    ? `${tunes.length} previews, seeds ${tunes[0].seed} to ${tunes.at(-1).seed}`
    : tunes[0].caption.replace(/(, composed| in [\d.]+ s$).*/, "");
