// Figures of families that follow the hand: picture, nearest scene, distance from the centre. Every text is set as text.
const SCENES_A_ROW = 32;

function nearest(number) {
  const place = make("span", { className: "nearest", role: "img", ariaLabel: "The training scene nearest to it" });
  const part = (index) => `${(index / (SCENES_A_ROW - 1)) * 100}%`;
  place.style.background = `url("${served(props.known.scenes)}") ${part(number % SCENES_A_ROW)} ${part(Math.floor(number / SCENES_A_ROW))} / ${SCENES_A_ROW * 100}%`;
  return place;
}

// How far the puck is from the centre of the space: straight ways cut through where no picture was ever drawn.
function gauge() {
  const row = (name) => {
    const bar = make("i", {});
    const number = make("b", {});
    return { item: make("span", { className: "norm" }, make("span", { textContent: name }), make("span", { className: "scale" }, bar), number), bar, number };
  };
  const rows = { slerp: row("slerp"), lerp: row("lerp") };
  const place = make("div", { className: "gauge", title: "Distance from the centre of the latent space; 1 is where draws lie" }, make("span", { className: "gauge-name", textContent: "Distance from the centre" }), ...Object.values(rows).map((one) => one.item));
  function show(facts) {
    const told = facts.norms ?? {}; // none where the distance says nothing
    place.hidden = !facts.norms;
    for (const [name, { bar, number }] of Object.entries(rows)) {
      if (told[name] === undefined) continue;
      bar.style.width = `${Math.min(100, told[name] * 66.7)}%`;
      number.textContent = told[name].toFixed(2);
    }
  }
  return { place, show };
}

// What a family says of a picture that went there and back, in sentences.
const whole = (number) => Math.round(number).toLocaleString("en").replace("-", "−");
const SAYS = [
  ["decibels", (facts) => `Comes back ${facts.decibels.toFixed(1)} dB alike (PSNR)${facts.decibels_of_autoencoder ? `; the autoencoder it shares keeps ${facts.decibels_of_autoencoder.toFixed(1)} dB` : ""}.`],
  ["notes_kept", (facts) => `Comes back with ${whole(100 * facts.notes_kept)} % of its notes, and ${whole(facts.divergence)} nats say where it lies.`],
  ["log_likelihood", (facts) => `Exact log-likelihood: ${whole(facts.log_likelihood)} nats, ${facts.bits_per_dimension.toFixed(2)} bits a number.`],
  ["elbo", (facts) => `ELBO: the log-likelihood is at least ${whole(facts.elbo)} nats; ${whole(facts.divergence)} of them say where the picture lies.`],
  ["code_grid", ({ code_grid: codes }) => `Spelled in ${codes.flat().length} codes, ${new Set(codes.flat()).size} of them different. It says nothing of likelihood.`],
  ["steps_of_search", (facts) => `Says nothing of likelihood and has no encoder: found by ${facts.steps_of_search} steps of search.`],
];
const sayings = (facts) => SAYS.filter(([name]) => facts[name] !== undefined).map(([, words]) => words(facts));

// One family's picture. `keep` is called with its key, `edited` with it once its codes have changed.
function familyFigure(family, { keep, edited, say }) {
  const image = make("img", { alt: "", draggable: false });
  const seen = family.heard ? rollSeen() : { node: make("div", { className: "canvas" }, image), show: ({ picture }, alt) => Object.assign(image, { src: picture, alt }) };
  const meter = gauge();
  const scene = make("span", { className: "nearest-place" });
  const told = make("p", { className: "told" });
  const said = make("ul", { className: "sayings" });
  const band = family.heard ? melodyLoop(say) : null;
  const codes = family.codes ? codeGrid(() => edited(family.key), say) : null;
  const fetched = make("span", {});
  const keeping = tool("save", "Keep", { ariaLabel: `Keep the ${family.heard ? "melody" : "picture"} of ${family.title}`, onclick: () => keep(family.key) });
  const figure = make("figure", { className: "family" }, seen.node,
    make("figcaption", {}, make("b", { textContent: family.title }), make("span", { className: "summary", textContent: family.summary }), told, said, make("div", { className: "facts" }, scene, meter.place, ...(codes ? [codes.bar] : []), ...(band ? [band.button] : []), fetched, keeping)));
  if (codes) seen.node.append(codes.grid);
  figure.dataset.family = family.key;
  figure.toggleAttribute("data-heard", family.heard);
  figure.toggleAttribute("data-waiting", true);
  let number = -1;

  function problem(sentence) {
    told.textContent = sentence;
    figure.toggleAttribute("data-problem", Boolean(sentence));
    figure.toggleAttribute("data-waiting", false);
  }
  function show(answer, alt) {
    problem(answer.problem ?? "");
    if (answer.problem) return;
    seen.show(answer, `${family.title}: ${alt}`);
    if (family.heard) band?.show(answer);
    meter.show(answer);
    codes?.show(answer.code_grid);
    if (answer.played) scene.textContent = answer.played;
    if (family.heard || answer.nearest === number) return;
    number = answer.nearest;
    scene.replaceChildren(...(number === undefined ? [] : [nearest(number), make("span", { className: "small", textContent: "nearest training scene" })]));
  }
  // A picture that came with all that can be said of it, or null before it does.
  function measured(work) {
    if (work) show({ ...work.facts, ...work.roll, picture: served(work.file), norms: undefined }, work.alt);
    const down = work && !family.heard && tool("save", "Download", { href: served(work.file), download: work.file.split("/").pop(), ariaLabel: `Download the picture of ${family.title}` }, "a");
    fetched.replaceChildren(...(down ? [down] : []));
    said.replaceChildren(...(work ? sayings(work.facts).map((text) => make("li", { textContent: text })) : []));
  }
  return { figure, show, image, problem, measured, codes: () => codes?.text() ?? "", setCodes: (text) => codes?.set(text) };
}
