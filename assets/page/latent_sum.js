// Algebra: A - B + C from points, and more or less of what a family has learned to tell apart.
const TERMS = [
  { sign: 1, mark: "", label: "A", start: "yellow-house", melody: "rising-pop" },
  { sign: -1, mark: "−", label: "B", start: "red-mushroom", melody: "busy-pop" },
  { sign: 1, mark: "+", label: "C", start: "orange-rocket", melody: "calm-lullaby" },
];
const FURTHEST = 3;

function sumWay(hands) {
  const { changed, pick, heard, attributes } = hands;
  const amounts = {}; // of attributes, by name
  const slots = TERMS.map(({ label, start, melody }) => slot(label, pointOf(`card ${start}`), melodyPoint(melody), { ...hands, pick: (title) => pick(title, label !== "A") }));
  const signed = TERMS.map(({ label, mark }, index) => [...(mark ? [make("span", { className: "sign", textContent: mark })] : []), make("span", { className: "term" }, slots[index].button, make("b", { textContent: label }))]);
  const heading = make("p", { className: "heading", textContent: "More or less of" });
  const named = make("div", { className: "sliders", role: "group", ariaLabel: "More or less of" });
  const unnamed = make("div", { className: "sliders" });
  const folded = make("details", {}, make("summary", { textContent: "Directions nobody named (PCA)" }), unnamed);
  const reset = make("button", { type: "button", className: "chip", textContent: "Back to nought" });

  function slider(name) {
    const input = make("input", { type: "range", min: -FURTHEST, max: FURTHEST, step: 0.25, value: amounts[name] ?? 0, ariaLabel: `More ${name}` });
    const shown = make("output", {});
    const write = () => (shown.textContent = Number(input.value) ? Number(input.value).toFixed(2).replace("-", "−") : "0");
    input.oninput = () => ((amounts[name] = Number(input.value)), write(), changed());
    write();
    return make("label", { className: "slider" }, make("span", { textContent: name }), input, shown);
  }
  const terms = make("div", { className: "sum" }, ...signed.flat());
  // The sliders of the chosen family.
  let drawn = null;
  function tell() {
    const names = attributes();
    if (drawn === names.join()) return;
    drawn = names.join();
    const found = names.filter((name) => name.startsWith("component"));
    named.replaceChildren(...names.filter((name) => !found.includes(name)).map(slider));
    unnamed.replaceChildren(...found.map(slider));
    folded.hidden = !found.length;
    heading.hidden = reset.hidden = !names.length;
  }
  function clear() {
    for (const name of Object.keys(amounts)) delete amounts[name];
    drawn = null;
    tell();
  }
  reset.onclick = () => (clear(), changed());
  const chosen = () => TERMS.map(({ sign, mark }, index) => ({ sign, mark, point: slots[index].point() })).filter(({ point }) => point);

  return {
    make: () => (heard() ? "Keep and play" : "Keep this picture"),
    fit: () => slots.forEach((one) => one.fit()),
    hint: "What A has and B has not, with what C has. The sliders are directions: more of it, or less.",
    hand: () => [terms, heading, named, folded, reset],
    live: true,
    settings(family) {
      const asked = Object.entries(amounts).filter(([name, amount]) => amount && family.attributes.includes(name));
      return { points: linesOf(chosen().map(({ point }) => point)), weights: chosen().map(({ sign }) => sign).join(" "), attributes: asked.map((one) => one.join(" ")).join(", ") };
    },
    restore(settings) {
      const signs = (settings.weights ?? "").split(/[\s,]+/).filter(Boolean).map(Number);
      const left = settings.points.map((point, index) => ({ point, sign: signs[index] ?? 1 }));
      slots.forEach((one, index) => {
        const at = left.findIndex(({ sign }) => sign > 0 === TERMS[index].sign > 0);
        one.set(at < 0 ? null : left.splice(at, 1)[0].point);
      });
      clear();
      for (const part of (settings.attributes ?? "").split(",").map((part) => part.trim()).filter(Boolean)) {
        const cut = part.lastIndexOf(" ");
        amounts[part.slice(0, cut)] = Number(part.slice(cut));
      }
      drawn = null;
      tell();
    },
    surprise() {
      drawnCards(3, heard()).forEach((point, index) => slots[index].set(point));
    },
    words: () => chosen().map(({ mark, point }) => `${mark} ${point.name}`.trim()).join(" "),
    tell,
  };
}
