// Draws what the server says of a generation. Every text is set as text, never as HTML, whoever wrote it.
const stage = element.querySelector(".stage");
const tab = element.closest(".tab");
const part = (name) => stage.querySelector("." + name);
let whole = []; // the last pictures that were finished
const finished = (pictures) => pictures.filter((picture) => picture.file);
const work = atWork(tab, part, show, (value) => ({ ...value, works: finished(value.works) }));
const { say } = work;
tab.tellStage = say;

// Begins a generation with other settings than the form's. What the next picture begins from else, the form knows.
let wanted = null;
function ask(told) {
  if (work.going) return say("Stop first, or wait for the end.");
  wanted = told;
  trigger("alter");
}
tab.askChange = () => {
  const told = wanted ?? tab.askStart?.() ?? {};
  wanted = null;
  return told;
};

const drawnIn = (picture) => `Drawn in ${picture.seconds.toFixed(1)} s`;

function caption(picture) {
  const reuse = () => {
    props.value = { ...props.value, reuse: picture.seed };
    trigger("reuse");
    say(`Seed ${picture.seed} is in the form: change the words and draw again.`);
  };
  const copy = async (event) => {
    event.preventDefault();
    const copied = await window.playground.copy(event.currentTarget.href);
    const lacking = picture.began ? " The picture it began from is not in it: share the file instead." : "";
    say(copied ? `The link is copied.${lacking}` : "Copy the link from its menu.");
  };
  const name = picture.file.split("/").pop();
  return make(
    "figcaption", {},
    make("span", { className: "made", textContent: `Seed ${picture.seed}`, title: drawnIn(picture) }),
    tool("more", "Change this one", { onclick: () => choose(whole.findIndex((one) => one.file === picture.file)) }),
    tool("again", "Use this seed", { onclick: reuse }),
    tool("link", "Copy link", { href: picture.link, onclick: copy }, "a"),
    tool("save", "Download", { href: served(picture.file), download: name }, "a"),
  );
}

function fill(figure, picture) {
  if (figure.dataset.file === picture.file && picture.file) return;
  const image = figure.querySelector("img");
  image.alt = picture.alt;
  image.src = picture.file ? served(picture.file) : picture.preview; // the old one stays until the new one is there
  figure.dataset.file = picture.file;
  figure.querySelector("figcaption")?.remove();
  if (picture.file) figure.append(caption(picture));
}

let chosen = 0; // the number of the picture that the acts are for
let seeing = false; // how it came about
function choose(number) {
  chosen = number;
  acts();
}

// What can be done with the chosen picture, beneath it.
function acts() {
  const place = part("acts");
  const picture = whole[chosen];
  const image = part("pictures").children[chosen]?.querySelector("img");
  if (work.going || !picture?.file || !image) return place.replaceChildren();
  const edit = async () => {
    await tab.editPicture?.(served(picture.file));
    say("It is beneath the prompt now.");
  };
  const buttons = variations(picture, { ask, edit });
  const look = (address) => (image.src = address ?? served(picture.file));
  if (picture.trace?.length) {
    const see = make("button", { type: "button", className: "chip", textContent: "See it think", ariaPressed: String(seeing) });
    see.onclick = () => {
      seeing = !seeing;
      acts();
      part("acts .see")?.focus();
    };
    see.classList.add("see");
    buttons.push(see);
  }
  const which = whole.length > 1 ? [make("span", { className: "which", textContent: `Picture ${chosen + 1}` })] : [];
  place.replaceChildren(make("div", { className: "chips" }, ...which, ...buttons), ...(seeing && picture.trace?.length ? [thinking(picture, look)] : []));
  [...part("pictures").children].forEach((figure, index) => figure.toggleAttribute("data-chosen", whole.length > 1 && index === chosen));
  if (!seeing && image.dataset.back) look(null);
  image.dataset.back = seeing ? "1" : "";
}

function hang(pictures) {
  const place = part("pictures");
  while (place.children.length > pictures.length) place.lastChild.remove();
  while (place.children.length < pictures.length) place.append(make("figure", {}, make("img", { draggable: true })));
  pictures.forEach((picture, index) => fill(place.children[index], picture));
  stage.dataset.count = pictures.length;
  place.querySelectorAll("img").forEach((image, index) => (image.onclick = () => whole.length > 1 && choose(index)));
  if (chosen >= pictures.length) chosen = 0;
  acts();
  tab.dispatchEvent(new CustomEvent("hung", { detail: pictures.map((picture) => picture.file) }));
}

// Pictures of the gallery come and go here, too; it is told what there is.
const rates = (tab.secondsOfWork = {}); // by model, for one step and pixel
const recent = new Map(); // file -> a picture of this visit, with how it came about
function remember(pictures) {
  if (!pictures.length) return;
  whole = pictures;
  for (const { model, seconds, settings } of pictures) {
    const { steps = 20, width = 512, height = 512 } = settings ?? {}; // as the server has them where a model has not
    if (seconds) rates[model] = seconds / pictures.length / (steps * width * height);
  }
  for (const picture of pictures) recent.set(picture.file, picture);
  while (recent.size > 24) recent.delete(recent.keys().next().value);
  tab.dispatchEvent(new CustomEvent("finished", { detail: pictures.map((picture) => picture.file) }));
}
tab.addEventListener("hang", ({ detail }) => {
  if (work.going) return;
  const picture = recent.get(detail.file) ?? detail;
  props.value = { ...props.value, phase: "done", status: drawnIn(picture), fraction: null, notes: [], works: [picture] };
  show(props.value);
});
tab.addEventListener("takendown", ({ detail: files }) => {
  const left = (pictures) => pictures.filter((picture) => !files.includes(picture.file));
  const status = left(whole).length ? "" : "Write what you want to see, or press Surprise me.";
  whole = left(whole);
  if (work.going) return;
  props.value = { ...props.value, phase: "idle", status, works: left(props.value.works) };
  show(props.value);
});

// Hangs a picture that was made beside the stage; false while another one is being made.
tab.showPicture = (picture) => {
  if (work.going) return false;
  remember([picture]);
  hang([picture]);
  say(drawnIn(picture));
  return true;
};

// Who begins a picture sees it come, also from a form that is longer than the window.
function comeIntoSight() {
  if (stage.getBoundingClientRect().top > window.innerHeight - 120) stage.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

function show(value) {
  if (work.stopping) return;
  if (value.phase === "working" && !work.going) comeIntoSight();
  work.tell(value);
  stage.dataset.phase = value.phase;
  if (!work.going) remember(finished(value.works));
  hang(value.works.length ? value.works : whole);
  stage.toggleAttribute("data-old", work.going && !value.works.length && whole.length > 0);
}

watch("value", () => show(props.value));
const asked = new URLSearchParams(location.search);
if (asked.has("tab") ? asked.get("tab") === "image" : ["prompt", "model", "seed", "steps"].some((name) => asked.has(name))) trigger("arrive");
