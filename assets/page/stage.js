// Draws what the server says of a generation. Every text is set as text, never as HTML, whoever wrote it.
const stage = element.querySelector(".stage");
const tab = element.closest(".tab");
const part = (name) => stage.querySelector("." + name);
let whole = []; // the last pictures that were finished
let earlier = []; // everything finished in this visit, the newest first
const finished = (pictures) => pictures.filter((picture) => picture.file);
const work = atWork(tab, part, show, (value) => ({ ...value, works: finished(value.works) }));
const { say } = work;

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
    const button = make("button", { type: "button", title: picture.alt }, make("img", { src: served(picture.file), alt: picture.alt }));
    button.dataset.file = picture.file;
    button.onclick = () => {
      if (work.going) return;
      hang((whole = [picture]));
      say(drawnIn(picture));
    };
    return button;
  });
  part("earlier").replaceChildren(...buttons);
  part("earlier").hidden = earlier.length < 2;
}

function show(value) {
  if (work.stopping) return;
  work.tell(value);
  stage.dataset.phase = value.phase;
  if (!work.going) remember(finished(value.works));
  hang(value.works.length ? value.works : whole);
  stage.toggleAttribute("data-old", work.going && !value.works.length && whole.length > 0);
}

watch("value", () => show(props.value));
const asked = new URLSearchParams(location.search);
if (asked.has("tab") ? asked.get("tab") === "image" : ["prompt", "model", "seed", "steps"].some((name) => asked.has(name))) trigger("arrive");
