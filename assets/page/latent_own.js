// A picture of one's own, drawn or brought, on its way into every family and back.
const COLOURS = { ink: "#23223a", red: "#c03a26", orange: "#f0932b", yellow: "#f7d354", green: "#5a9a4a", blue: "#3f6fb5", sky: "#9cc9e8", purple: "#6c4a8f", white: "#ffffff" };
const OWN_SIDE = 256;

function ownWay(hands) {
  const { changed, say, pick, heard } = hands;
  const melody = slot("Your melody", null, null, hands);
  melody.set(melodyPoint("rising-march"));
  const open = make("p", { className: "cost", textContent: "Press it to take another melody, or drop an ABC or a MIDI file on it." });
  let point = pointOf("card green-tent");
  let colour = "red";
  const paper = make("canvas", { width: OWN_SIDE, height: OWN_SIDE, role: "img", ariaLabel: "Your picture" });
  const brush = paper.getContext("2d");
  const size = make("input", { type: "range", min: "4", max: "60", value: "22", ariaLabel: "Size of the brush" });
  const file = make("input", { type: "file", accept: "image/*", className: "aloud", ariaLabel: "A picture of your own" });
  const choose = make("button", { type: "button", className: "chip", textContent: "Open a picture", onclick: () => file.click() });
  const card = make("button", { type: "button", className: "chip", textContent: "Take a card" });
  const clear = make("button", { type: "button", className: "chip", textContent: "Empty sheet" });
  const place = make("div", { className: "paper", title: "Draw here, or drop a picture" }, paper);
  const swatches = Object.entries(COLOURS).map(([name, value]) => {
    const swatch = make("button", { type: "button", className: "swatch", ariaLabel: `Colour ${name}`, title: name, ariaPressed: String(name === colour) });
    swatch.style.background = value;
    swatch.onclick = () => {
      colour = name;
      for (const one of swatches) one.ariaPressed = String(one === swatch);
    };
    return swatch;
  });

  async function set(next) {
    if (!next?.image) return;
    const image = make("img", { src: next.image });
    await image.decode();
    brush.drawImage(image, 0, 0, OWN_SIDE, OWN_SIDE);
    point = next;
    changed();
  }
  const taken = () => (point = { ...pointOf(lineOf(paper)), name: "your drawing" });
  clear.onclick = () => ((brush.fillStyle = COLOURS.sky), brush.fillRect(0, 0, OWN_SIDE, OWN_SIDE), taken(), changed());
  card.onclick = async () => set(await pick("A picture to begin with"));
  file.onchange = async () => {
    const [one] = file.files;
    file.value = "";
    if (one) set(await brought(one, say));
  };
  place.ondragover = () => place.toggleAttribute("data-over", true);
  place.ondragleave = () => place.toggleAttribute("data-over", false);
  place.ondrop = async (event) => {
    place.toggleAttribute("data-over", false);
    const [one] = event.dataTransfer.files;
    if (one) set(await brought(one, say));
  };

  let last = null;
  function stroke(event) {
    const box = paper.getBoundingClientRect();
    const next = [((event.clientX - box.left) / box.width) * OWN_SIDE, ((event.clientY - box.top) / box.height) * OWN_SIDE];
    brush.strokeStyle = COLOURS[colour];
    brush.lineWidth = Number(size.value);
    brush.lineCap = "round";
    brush.beginPath();
    brush.moveTo(...(last ?? next));
    brush.lineTo(...next);
    brush.stroke();
    last = next;
  }
  paper.onpointerdown = (event) => {
    if (event.button) return;
    paper.setPointerCapture(event.pointerId);
    stroke(event);
    event.preventDefault();
  };
  paper.onpointermove = (event) => last && stroke(event);
  paper.onpointerup = paper.onpointercancel = () => {
    if (last) (last = null), taken(), changed();
  };

  set(point);
  return {
    make: () => "There and back",
    hint: "Every family encodes it and makes it again from that. Press the button to see what each says of it.",
    hand: () => heard() ? [make("div", { className: "sum" }, melody.button), open] : [place, make("div", { className: "brushes" }, ...swatches), make("label", { className: "slider" }, make("span", { textContent: "Brush" }), size), make("div", { className: "sources" }, choose, card, clear, file)],
    live: true,
    all: true,
    settings: (family, live) => ({ points: (heard() ? melody.point() : point).line, weights: live ? "1" : "" }),
    restore({ points }) {
      if (points[0] && isHeard(points[0])) melody.set(points[0]);
      else set(points[0]);
    },
    surprise() {
      const [drawn] = drawnCards(1, heard());
      if (heard()) melody.set(drawn);
      else set(drawn);
    },
    given: () => (heard() ? null : point.image),
    words: () => `${(heard() ? melody.point() : point).name}, there and back`,
    // Why a family does not follow the hand, and whether it never does.
    skips: (family) => (family.reads ? "A diffusion model has no encoder: no short way back from a picture to the noise it came from." : family.searches ? "A GAN has no encoder and has to search: press There and back." : ""),
    never: (family) => family.reads,
  };
}
