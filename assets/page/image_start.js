// A picture to begin from: opened, drawn, marked where it shall change, painted on beyond its sides.
// What is asked of the next picture is asked of this panel (askChange), unless a button under a picture asks for more.
const tab = element.closest(".tab");
const part = (name) => element.querySelector("." + name);
const COLOURS = { ink: "#23223a", red: "#c03a26", orange: "#f0932b", yellow: "#f7d354", green: "#5a9a4a", blue: "#3f6fb5", sky: "#9cc9e8", purple: "#6c4a8f", sand: "#ead7a8", white: "#ffffff" };
const SIDES = { left: "←", top: "↑", right: "→", bottom: "↓" };
const [ALL, PART] = [80, 100]; // per cent of change, of a whole picture and of a part of it
let paper = null; // { canvas, brush } of the picture
let mask = null; // the same of what is marked
let marked = false;
let beyond = {};
let colour = COLOURS.red;
let moved = false; // the slider for how much, by hand
let before = []; // for Undo
let told = Promise.resolve({}); // what is asked of the next picture

const drawing = () => part("hands input:checked").value === "draw";
const say = (text) => (part("told").textContent = text);

function hold(canvas, marks = null) {
  paper = { canvas, brush: canvas.getContext("2d", { willReadFrequently: true }) };
  mask = sheet(canvas.width, canvas.height);
  marked = !!marks;
  if (marks) tint(mask, marks);
  before = [];
  canvas.setAttribute("role", "img");
  canvas.ariaLabel = "The picture to begin from";
  mask.canvas.className = "marks";
  mask.canvas.ariaHidden = "true";
  part("sheets").replaceChildren(canvas, mask.canvas);
  part("retouch").hidden = false;
  part("offer").hidden = true;
  changed();
}

function letGo() {
  paper = mask = null;
  beyond = {};
  marked = moved = false;
  part("retouch").hidden = true;
  part("offer").hidden = false;
  told = Promise.resolve({});
  ready();
}

function changed() {
  const some = marked || Object.values(beyond).some(Boolean);
  const much = part("much");
  if (!moved) much.value = some ? PART : ALL;
  part("amount").textContent = `${much.value} %`;
  if (!marked) part("where").value = "";
  else if (!part("where").value) part("where").value = "own";
  for (const [side, button] of Object.entries(sides)) {
    const share = Math.round(100 * (beyond[side] ?? 0));
    button.textContent = `${SIDES[side]}${share ? ` ${share} %` : ""}`;
    button.ariaLabel = `Paint on: ${side}, ${share} %`;
    part("frame").style.setProperty(`--${side}`, `${share * 0.6}px`);
  }
  part("frame").toggleAttribute("data-beyond", Object.values(beyond).some(Boolean));
  part("undo").disabled = !before.length;
  say(
    some
      ? "Write what is to be seen in the whole picture, then draw: the rest stays as it is."
      : "Write what it shall become, then draw. Its own shape counts, not width and height under More.",
  );
  told = describe();
  told.then(ready);
}

async function describe() {
  const settings = { start: await asText(paper.canvas), strength: Number(part("much").value) / 100 };
  if (marked) settings.mask = await asText(maskSheet(mask));
  return { settings, size: [paper.canvas.width, paper.canvas.height], extend: beyond };
}

let asked = {};
async function ready() {
  asked = await told;
}
tab.askStart = () => asked;

function remember() {
  before = [...before.slice(-5), { paper: snapshot(paper), mask: snapshot(mask), marked }];
}
const snapshot = ({ canvas, brush }) => brush.getImageData(0, 0, canvas.width, canvas.height);

function undo() {
  const last = before.pop();
  paper.brush.putImageData(last.paper, 0, 0);
  mask.brush.putImageData(last.mask, 0, 0);
  marked = last.marked;
  changed();
}

function mark(where) {
  remember();
  marked = markPart(mask, where);
  changed();
}

let last = null;
function stroke(event) {
  const { canvas } = paper;
  const box = canvas.getBoundingClientRect();
  const next = [((event.clientX - box.left) / box.width) * canvas.width, ((event.clientY - box.top) / box.height) * canvas.height];
  const brush = drawing() ? paper.brush : mask.brush;
  Object.assign(brush, { strokeStyle: drawing() ? colour : MARK, lineWidth: (Number(part("width").value) / 100) * canvas.width, lineCap: "round" });
  brush.beginPath();
  brush.moveTo(...(last ?? next));
  brush.lineTo(next[0] + 0.01, next[1]); // a line of no length would leave no dot
  brush.stroke();
  last = next;
}
part("sheets").onpointerdown = (event) => {
  if (event.button) return;
  part("sheets").setPointerCapture(event.pointerId);
  remember();
  if (!drawing()) marked = true;
  stroke(event);
  event.preventDefault();
};
part("sheets").onpointermove = (event) => last && stroke(event);
part("sheets").onpointerup = part("sheets").onpointercancel = () => last && ((last = null), changed());

const sides = Object.fromEntries(
  Object.keys(SIDES).map((side) => [side, make("button", { type: "button", className: "chip", onclick: () => ((beyond = { ...beyond, [side]: ((beyond[side] ?? 0) + 0.25) % 0.75 }), changed()) })]),
);
part("sides").append(...Object.values(sides));
part("swatches").append(
  ...Object.entries(COLOURS).map(([name, value]) => {
    const swatch = make("button", { type: "button", className: "swatch", title: name, ariaLabel: `Colour ${name}`, ariaPressed: String(value === colour) });
    swatch.style.background = value;
    swatch.onclick = () => {
      colour = value;
      for (const one of part("swatches").children) one.ariaPressed = String(one === swatch);
    };
    return swatch;
  }),
);
part("hands").onchange = () => (part("swatches").hidden = !drawing());
part("where").onchange = () => mark(part("where").value);
part("much").oninput = () => ((moved = true), changed());
part("undo").onclick = undo;
part("away").onclick = () => (letGo(), part("open").focus());
part("open").onclick = part("other").onclick = () => part("aloud").click();
part("empty").onclick = () => {
  const { canvas, brush } = sheet(512, 512);
  brush.fillStyle = COLOURS.sky;
  brush.fillRect(0, 0, 512, 512);
  hold(canvas);
  part("hands input[value=draw]").click();
};

async function open(file) {
  const address = URL.createObjectURL(file);
  try {
    beyond = {};
    hold(onSheet(await loaded(address)));
  } catch {
    part("offer").hidden ? say("This is no picture that a browser can show; PNG, JPEG or WebP would work.") : tab.tellStage?.("This is no picture that a browser can show; PNG, JPEG or WebP would work.");
  } finally {
    URL.revokeObjectURL(address);
  }
}
part("aloud").onchange = () => {
  const [file] = part("aloud").files;
  part("aloud").value = "";
  if (file) open(file);
};
element.addEventListener("dragover", () => element.toggleAttribute("data-over", true));
element.addEventListener("dragleave", () => element.toggleAttribute("data-over", false));
element.addEventListener("drop", (event) => {
  element.toggleAttribute("data-over", false);
  const [file] = event.dataTransfer.files;
  if (file) open(file);
});
tab.editPicture = async (source) => {
  beyond = {};
  hold(onSheet(await loaded(source)));
  element.scrollIntoView({ block: "nearest", behavior: "smooth" });
};

// The server says what a file began from, or that it began from nothing.
async function show() {
  const { settings, extend } = props.value ?? {};
  if (!settings?.start) return paper && letGo();
  beyond = extend ?? {};
  moved = true;
  part("much").value = Math.round(100 * settings.strength);
  hold(onSheet(await pictureOf(settings.start)), settings.mask && (await pictureOf(settings.mask)));
}
watch("value", show);
