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
  const seen = family.heard ? rollSeen() : { node: make("div", { className: "canvas" }, image), show: ({ picture }, alt) => Object.assign(image, { src: picture, alt }) };
  const meter = gauge();
  const scene = make("span", { className: "nearest-place" });
  const told = make("p", { className: "told" });
  const keeping = tool("save", "Keep", { ariaLabel: `Keep the ${family.heard ? "melody" : "picture"} of ${family.title}`, onclick: () => keep(family.key) });
  const figure = make("figure", { className: "family" }, seen.node,
    make("figcaption", {}, make("b", { textContent: family.title }), make("span", { className: "summary", textContent: family.summary }), told, make("div", { className: "facts" }, scene, meter.place, keeping)));
  figure.dataset.family = family.key;
  figure.toggleAttribute("data-heard", family.heard);
  let number = -1;
  function show(answer, alt) {
    told.textContent = answer.problem ?? "";
    figure.toggleAttribute("data-problem", Boolean(answer.problem));
    if (answer.problem) return;
    seen.show(answer, `${family.title}: ${alt}`);
    meter.show(answer);
    if (answer.played) scene.textContent = answer.played;
    if (answer.nearest === undefined || answer.nearest === number) return;
    number = answer.nearest;
    scene.replaceChildren(nearest(number), make("span", { className: "small", textContent: "nearest training scene" }));
  }
  return { figure, show, image };
}

// What was kept, with its tools. `back` is called with the state in which it was made.
function tray(place, { say, back }) {
  const kept = [];
  const shown = make("div", { className: "kept-one", hidden: true });
  const row = make("div", { className: "shelf", role: "group", ariaLabel: "Kept pictures, films and melodies" });
  place.append(shown, row);

  function open(work) {
    const copy = async (event) => {
      event.preventDefault();
      const copied = await window.playground.copy(event.currentTarget.href);
      const part = work.link_is_whole ? "" : " What you brought is too much for it: its file has them.";
      say((copied ? "The link is copied." : "Copy the link from its menu.") + part);
    };
    const download = (label, file) => tool("save", label, { href: served(file), download: file.split("/").pop() }, "a");
    const heard = Object.keys(work.files).length > 0;
    const saves = heard ? Object.entries(work.files).map(([ending, file]) => download(ending.slice(1).toUpperCase(), file)) : [download("Download", work.file)];
    const sound = heard ? [heardMelody(work)] : [];
    shown.replaceChildren(heard ? smallRoll(work.roll) : make("img", { src: served(work.file), alt: work.alt }), make("div", {}, make("p", { className: "made", textContent: `${work.alt}. ${work.title}, seed ${work.seed}, ${work.seconds.toFixed(1)} s.` }), ...sound,
      make("div", { className: heard ? "tools saves" : "tools" },
        ...saves,
        tool("link", "Copy link", { href: work.link, onclick: copy }, "a"),
        tool("again", "Back to this", { onclick: () => back(work) }))));
    shown.hidden = false;
    for (const button of row.children) button.ariaCurrent = button.dataset.file === work.file ? "true" : null;
  }

  async function add(work) {
    if (kept.some((one) => one.file === work.file)) return;
    kept.unshift(work);
    kept.splice(TRAY);
    const button = make("button", { type: "button", className: "card", title: work.alt, ariaLabel: work.alt, onclick: () => open(work) }, work.file.endsWith(".wav") ? smallRoll(work.roll) : make("img", { src: served(work.file), alt: "" }));
    button.dataset.file = work.file;
    row.prepend(button);
    while (row.children.length > TRAY) row.lastChild.remove();
    place.hidden = false;
    open(work);
    shown.querySelector("audio")?.play().catch(() => {}); // a browser that forbids it has its own button
    if (work.way === "walk") return;
    favourites.unshift(work.file.endsWith(".wav") ? pointOfMelody(work) : await pointOfImage(served(work.file), `kept: ${work.alt}`.slice(0, 60)));
    favourites.splice(TRAY);
  }
  return { add };
}
