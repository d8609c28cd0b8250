// Draws what the server says of a generation. Every text is set as text, never as HTML, whoever wrote it.
const stage = element.querySelector(".stage");
const tab = element.closest(".tab");
const part = (name) => stage.querySelector("." + name);
let whole = []; // the last pictures that were finished
let earlier = []; // everything finished in this visit, the newest first
let working = false;
let stopping = false;

const address = (file) =>
  (window.gradio_config?.root ?? "") + "/gradio_api/file=" + file.split("/").map(encodeURIComponent).join("/");

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function tool(tag, icon, label, properties) {
  const glyph = make("span", { className: "glyph " + icon });
  glyph.setAttribute("aria-hidden", "true");
  return make(tag, { className: "tool", title: label, ...properties }, glyph, make("span", { textContent: label }));
}

const drawnIn = (picture) => `Drawn in ${picture.seconds.toFixed(1)} s`;

function caption(picture) {
  const reuse = () => {
    props.value = { ...props.value, reuse: picture.seed };
    trigger("reuse");
    say(`Seed ${picture.seed} is in the form: change the words and draw again.`);
  };
  const copy = async (event) => {
    event.preventDefault();
    say((await window.playground.copy(event.currentTarget.href)) ? "The link is copied." : "Copy the link from its menu.");
  };
  const name = picture.file.split("/").pop();
  return make(
    "figcaption", {},
    make("span", { className: "made", textContent: `Seed ${picture.seed}`, title: drawnIn(picture) }),
    tool("button", "again", "Use this seed", { type: "button", onclick: reuse }),
    tool("a", "link", "Copy link", { href: picture.link, onclick: copy }),
    tool("a", "save", "Download", { href: address(picture.file), download: name }),
  );
}

function fill(figure, picture) {
  if (figure.dataset.file === picture.file && picture.file) return;
  const image = figure.querySelector("img");
  image.alt = picture.alt;
  image.src = picture.file ? address(picture.file) : picture.preview; // the old one stays until the new one is there
  figure.dataset.file = picture.file;
  figure.querySelector("figcaption")?.remove();
  if (picture.file) figure.append(caption(picture));
}

function hang(pictures) {
  const place = part("pictures");
  while (place.children.length > pictures.length) place.lastChild.remove();
  while (place.children.length < pictures.length) place.append(make("figure", {}, make("img", { draggable: true })));
  pictures.forEach((picture, index) => fill(place.children[index], picture));
  stage.dataset.count = pictures.length;
  for (const button of part("earlier").children) {
    button.ariaCurrent = pictures.some((picture) => picture.file === button.dataset.file) ? "true" : null;
  }
}

function remember(pictures) {
  if (!pictures.length) return;
  whole = pictures;
  const fresh = pictures.filter((picture) => !earlier.some((old) => old.file === picture.file));
  earlier = [...fresh, ...earlier].slice(0, 24);
  const buttons = earlier.map((picture) => {
    const button = make("button", { type: "button", title: picture.alt }, make("img", { src: address(picture.file), alt: picture.alt }));
    button.dataset.file = picture.file;
    button.onclick = () => {
      if (working) return;
      hang((whole = [picture]));
      say(drawnIn(picture));
    };
    return button;
  });
  part("earlier").replaceChildren(...buttons);
  part("earlier").hidden = earlier.length < 2;
}

function say(text) {
  if (part("status").textContent !== text) part("status").textContent = text;
}

function advance(fraction) {
  const bar = part("progress");
  bar.hidden = !working;
  bar.toggleAttribute("data-unknown", fraction === null);
  bar.firstElementChild.style.width = fraction === null ? "" : `${Math.round(fraction * 100)}%`;
  if (fraction === null) bar.removeAttribute("aria-valuenow");
  else bar.setAttribute("aria-valuenow", Math.round(fraction * 100));
}

function setWorking(now) {
  if (now === working) return;
  working = now;
  const [draw, stop, surprise] = ["make", "stop", "surprise"].map((name) => tab.querySelector(`.${name}-button`));
  const focused = document.activeElement;
  tab.toggleAttribute("data-working", working);
  surprise.disabled = working;
  if (focused === draw && working) stop.focus(); // a hidden button would drop the keyboard's place
  if (focused === stop && !working) draw.focus();
}

function show(value) {
  if (stopping) return;
  setWorking(value.phase === "working");
  stage.dataset.phase = value.phase;
  const finished = value.pictures.filter((picture) => picture.file);
  if (!working) remember(finished);
  const pictures = value.pictures.length ? value.pictures : whole;
  hang(pictures);
  stage.toggleAttribute("data-old", working && !value.pictures.length && whole.length > 0);
  say(value.status);
  advance(value.fraction);
  part("notes").replaceChildren(...value.notes.map((note) => make("li", { textContent: note })));
  part("notes").hidden = !value.notes.length;
}

// The generation is over, whether it said so or was stopped or lost.
tab.addEventListener("settled", () => {
  const stopped = stopping;
  stopping = false;
  if (props.value.phase !== "working") return show(props.value);
  const status = stopped ? "Stopped." : "The connection was lost. Draw again.";
  const pictures = props.value.pictures.filter((picture) => picture.file);
  props.value = { ...props.value, phase: "idle", status, fraction: null, pictures };
  show(props.value);
});

tab.addEventListener("click", (event) => {
  if (!working || !event.target.closest(".stop-button")) return;
  stopping = true;
  say("Stopping");
});

watch("value", () => show(props.value));
const asked = new URLSearchParams(location.search);
if (["prompt", "model", "seed", "steps"].some((name) => asked.has(name)) || asked.has("tab")) trigger("arrive");
