// Figures of families that follow the hand, and the tray of what was kept. Every text is set as text.
const SCENES_A_ROW = 32;
const TRAY = 24;

function nearest(number) {
  const place = make("span", { className: "nearest", role: "img", ariaLabel: "The training scene nearest to it", title: "The training scene nearest to it" });
  const part = (index) => `${(index / (SCENES_A_ROW - 1)) * 100}%`;
  place.style.background = `url("${served(props.known.scenes)}") ${part(number % SCENES_A_ROW)} ${part(Math.floor(number / SCENES_A_ROW))} / ${SCENES_A_ROW * 100}%`;
  return place;
}

// One family's picture. `keep` is called with its key.
function familyFigure(family, keep) {
  const image = make("img", { alt: "", draggable: false });
  const meter = gauge();
  const scene = make("span", { className: "nearest-place" });
  const told = make("p", { className: "told" });
  const keeping = tool("save", "Keep", { ariaLabel: `Keep the picture of ${family.title}`, onclick: () => keep(family.key) });
  const figure = make("figure", { className: "family" }, make("div", { className: "canvas" }, image),
    make("figcaption", {}, make("b", { textContent: family.title }), make("span", { className: "summary", textContent: family.summary }), told, make("div", { className: "facts" }, scene, meter.place, keeping)));
  figure.dataset.family = family.key;
  let number = -1;
  function show(answer, alt) {
    told.textContent = answer.problem ?? "";
    figure.toggleAttribute("data-problem", Boolean(answer.problem));
    if (answer.problem) return;
    image.src = answer.picture;
    image.alt = `${family.title}: ${alt}`;
    meter.show(answer);
    if (answer.nearest === number) return;
    number = answer.nearest;
    scene.replaceChildren(nearest(number), make("span", { className: "small", textContent: "nearest training scene" }));
  }
  return { figure, show, image };
}

// What was kept, with its tools. `back` is called with the state in which it was made.
function tray(place, { say, back }) {
  const kept = [];
  const shown = make("div", { className: "kept-one", hidden: true });
  const row = make("div", { className: "shelf", role: "group", ariaLabel: "Kept pictures and films" });
  place.append(shown, row);

  function open(work) {
    const copy = async (event) => {
      event.preventDefault();
      const copied = await window.playground.copy(event.currentTarget.href);
      const part = work.link_is_whole ? "" : " Your own pictures are too much for it: its file has them.";
      say((copied ? "The link is copied." : "Copy the link from its menu.") + part);
    };
    const name = work.file.split("/").pop();
    const image = make("img", { src: served(work.file), alt: work.alt });
    shown.replaceChildren(image, make("div", {}, make("p", { className: "made", textContent: `${work.alt}. ${work.title}, seed ${work.seed}, ${work.seconds.toFixed(1)} s.` }),
      make("div", { className: "tools" },
        tool("save", "Download", { href: served(work.file), download: name }, "a"),
        tool("link", "Copy link", { href: work.link, onclick: copy }, "a"),
        tool("again", "Back to this", { onclick: () => back(work) }))));
    shown.hidden = false;
    for (const button of row.children) button.ariaCurrent = button.dataset.file === work.file ? "true" : null;
  }

  async function add(work) {
    if (kept.some((one) => one.file === work.file)) return;
    kept.unshift(work);
    kept.splice(TRAY);
    const button = make("button", { type: "button", className: "card", title: work.alt, ariaLabel: work.alt, onclick: () => open(work) }, make("img", { src: served(work.file), alt: "" }));
    button.dataset.file = work.file;
    row.prepend(button);
    while (row.children.length > TRAY) row.lastChild.remove();
    place.hidden = false;
    open(work);
    if (work.way === "walk") return;
    favourites.unshift(await pointOfImage(served(work.file), `kept: ${work.alt}`.slice(0, 60)));
    favourites.splice(TRAY);
  }
  return { add };
}
