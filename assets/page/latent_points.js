// Points of a latent space: how they look, and choosing one: a card, a kept result, a seed, a picture of one's own.
// A point is {line: as the server reads it, name, image: an address or "", roll: of a melody}. A seed is a point of
// pictures and of melodies, any other of one of them.
const { cards, melodies, families } = props.known;
const LARGEST_SEED = 4294967293;
const TYPES = { iVBO: "png", "/9j/": "jpeg", UklG: "webp" };
const favourites = []; // points of what was kept, the newest first

function pointOf(line) {
  const [kind, ...others] = line.trim().split(" ");
  const rest = others.join(" ");
  if (kind === "picture") return { line, name: "own picture", image: `data:image/${TYPES[rest.slice(0, 4)] ?? "webp"};base64,${rest}` };
  if (kind === "tune") return { line, name: "own tune", image: "", heard: true };
  const melody = kind === "card" && melodies.find((one) => one.name === rest);
  if (melody) return { line, name: melody.title, image: "", roll: melody.roll, caption: melody.caption };
  const card = kind === "card" && cards.find((one) => one.name === rest);
  if (card) return { line, name: rest.replaceAll("-", " "), image: served(card.file), caption: card.caption };
  const [seed, ...words] = others;
  return { line, name: [...(words.length ? [words.join(" ") + ","] : []), "seed", seed].join(" "), image: "" };
}
const cardPoint = (card) => pointOf(`card ${card.name}`);
const melodyPoint = (name) => pointOf(`card ${name}`);
const isHeard = (point) => Boolean(point.roll || point.heard);
const fits = (point, heard) => point.line.startsWith("seed") || isHeard(point) === heard;
const drawnCards = (count, heard) => [...(heard ? melodies : cards)].map((card) => [Math.random(), card]).sort((a, b) => a[0] - b[0]).slice(0, count).map(([, card]) => cardPoint(card));
const linesOf = (points) => points.map((point) => point.line).join("\n");

// The point of a file with a tune, or null when there is none in it; the person is told why.
async function broughtTune(file, say) {
  const answer = await upload(file).then(({ path }) => server.latent_tune(path)).catch(() => null);
  if (answer?.tune) return say("The tune is in."), { ...pointOf(`tune ${answer.tune}`), name: answer.title, roll: answer.roll };
  say(answer?.problem ?? "The tune did not arrive: 40 MB are the most; try again, or another one.");
  return null;
}

// The point of any picture file, or of any tune where melodies are wanted; as above.
async function brought(file, say, heard) {
  if (heard) return broughtTune(file, say);
  say("Taking a look at the picture.");
  const answer = await upload(file).then(({ path }) => server.latent_picture(path)).catch(() => null);
  if (answer?.picture) return say("The picture is in."), { ...pointOf(`picture ${answer.picture}`), name: file.name?.slice(0, 40) || "own picture" };
  say(answer?.problem ?? "The picture did not arrive: 40 MB are the most; try again, or another one.");
  return null;
}

// The point of a picture that is on the page.
async function pointOfImage(address, name) {
  const image = make("img", { src: address });
  await image.decode();
  const canvas = make("canvas", { width: 256, height: 256 });
  canvas.getContext("2d").drawImage(image, 0, 0, 256, 256);
  return { ...pointOf(lineOf(canvas)), name };
}

function lineOf(canvas) {
  const webp = canvas.toDataURL("image/webp", 0.85);
  const data = webp.startsWith("data:image/webp") ? webp : canvas.toDataURL("image/jpeg", 0.9);
  return `picture ${data.split(",")[1]}`;
}

function thumbnail(point) {
  const seed = make("span", { className: "seed-sign", textContent: point.name });
  if (point.roll) return smallRoll(point.roll);
  return point.image ? make("img", { src: point.image, alt: "" }) : seed;
}

// A place for one point: a button that lets one choose it, and where a file can be dropped. It begins with `picture`, or
// with `melody` where a model of melodies is chosen, and each comes back with such a model.
function slot(label, picture, melody, { changed, say, pick, heard }) {
  let point = picture;
  const away = [picture, melody];
  const button = make("button", { type: "button", className: "slot" });
  function set(next) {
    point = next;
    button.replaceChildren(point ? thumbnail(point) : make("span", { className: "seed-sign", textContent: "+" }));
    button.ariaLabel = point ? `${label}: ${point.name}. Choose another` : `${label}: choose`;
    button.title = point ? `${label}: ${point.caption ?? point.name}` : label;
  }
  function fit() {
    if (!point || fits(point, heard())) return;
    away[Number(!heard())] = point;
    set(away[Number(heard())]);
  }
  async function take(next) {
    if (!next) return;
    set(next === NOTHING ? null : next);
    changed();
  }
  button.onclick = async () => take(await pick(label));
  button.ondragover = () => button.toggleAttribute("data-over", true);
  button.ondragleave = () => button.toggleAttribute("data-over", false);
  button.ondrop = async (event) => {
    button.toggleAttribute("data-over", false);
    const file = event.dataTransfer.files[0];
    if (file) take(await brought(file, say, heard()));
  };
  set(point);
  return { button, set, fit, point: () => point };
}

const NOTHING = {}; // what is chosen to leave a place empty

// `heard` tells whether melodies are wanted now, and not pictures.
function picker(dialog, say, heard) {
  let settle = () => {};
  const choice = (point) => {
    const button = make("button", { type: "button", className: "card", title: point.caption ?? point.name, ariaLabel: point.caption ?? point.name }, thumbnail(point));
    button.onclick = () => finish(point);
    return button;
  };
  const finish = (point) => {
    settle(point);
    settle = () => {};
    dialog.close();
  };
  const title = make("h2", {});
  const shut = make("button", { type: "button", className: "off", ariaLabel: "Close", textContent: "×", onclick: () => finish(null) });
  const own = make("input", { type: "file", });
  own.onchange = async () => {
    const [file] = own.files;
    own.value = "";
    if (file) finish(await brought(file, say, heard()));
  };
  const ownName = make("span", {});
  const seed = make("input", { type: "number", min: "0", max: String(LARGEST_SEED), value: "7", ariaLabel: "Seed" });
  const words = make("input", { type: "text", maxLength: 1000, placeholder: "a red boat at night" });
  const reading = make("label", { hidden: !families.some((family) => family.reads) }, "and words, for families that read them ", words);
  const form = make("form", { className: "seed-form", noValidate: true }, make("label", {}, "Seed ", seed), reading,
    make("button", { type: "submit", className: "chip", textContent: "Use this seed" }),
    make("button", { type: "button", className: "chip", textContent: "Roll the dice", onclick: () => (seed.value = Math.floor(Math.random() * 10000)) }));
  form.onsubmit = (event) => {
    event.preventDefault();
    const number = Math.round(Number(seed.value));
    finish(pointOf(`seed ${Math.min(LARGEST_SEED, Math.max(0, number || 0))} ${words.value.replace(/\s+/g, " ")}`.trim()));
  };
  const kept = make("div", { className: "shelf", role: "group", ariaLabel: "Kept" });
  const shelf = make("div", { className: "shelf", role: "group", ariaLabel: "Cards" });
  const empty = make("button", { type: "button", className: "chip", textContent: "Leave this place empty", onclick: () => finish(NOTHING) });
  dialog.append(make("div", { className: "picker-head" }, title, shut), shelf, kept, make("div", { className: "others" }, form, make("label", { className: "own" }, ownName, own), empty));
  dialog.onclose = () => settle(null);
  dialog.onclick = (event) => {
    if (event.target === dialog) finish(null); // a handler that returns false would undo what buttons and fields do
  };
  return (label, optional = false) => {
    title.textContent = label;
    empty.hidden = !optional;
    const fitting = favourites.filter((point) => fits(point, heard()));
    shelf.replaceChildren(...(heard() ? melodies : cards).map((card) => choice(cardPoint(card))));
    kept.replaceChildren(...fitting.map(choice));
    kept.hidden = !fitting.length;
    reading.hidden = heard() || !families.some((family) => family.reads);
    own.accept = heard() ? ".abc,.mid,.midi" : "image/*";
    ownName.textContent = heard() ? "Your own tune, ABC or MIDI " : "Your own picture ";
    dialog.showModal();
    return new Promise((resolve) => (settle = resolve));
  };
}
