// The tray of what was kept, with its tools, and films as other files. Every text is set as text.
const TRAY = 24;

// `back` is called with the state in which it was made.
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
    const saves = work.sheet.file ? filmTools(work, say) : heard ? Object.entries(work.files).map(([ending, file]) => download(ending.slice(1).toUpperCase(), file)) : [download("Download", work.file)];
    const sound = heard ? [heardMelody(work)] : [];
    shown.replaceChildren(heard ? smallRoll(work.roll) : make("img", { src: served(work.file), alt: work.alt }), make("div", {}, make("p", { className: "made", textContent: `${work.alt}. ${work.title}, seed ${work.seed}, ${work.seconds.toFixed(1)} s.` }), ...sound,
      make("div", { className: heard ? "tools saves" : "tools" },
        ...saves,
        tool("link", "Copy link", { href: work.link, onclick: copy }, "a"),
        tool("again", "Back to this", { onclick: () => back(work) }))));
    shown.hidden = false;
    for (const button of row.children) button.ariaCurrent = button.dataset.file === work.file ? "true" : null;
  }

  // Whether it is new.
  function add(work) {
    if (kept.some((one) => one.file === work.file)) return false;
    kept.unshift(work);
    kept.splice(TRAY);
    const button = make("button", { type: "button", className: "card", title: work.alt, ariaLabel: work.alt, onclick: () => open(work) }, work.file.endsWith(".wav") ? smallRoll(work.roll) : make("img", { src: served(work.file), alt: "" }));
    button.dataset.file = work.file;
    row.prepend(button);
    while (row.children.length > TRAY) row.lastChild.remove();
    place.hidden = false;
    open(work);
    if (work.roll.tracks) sounding?.stop();
    shown.querySelector("audio")?.play().catch(() => {}); // a browser that forbids it has its own button
    if (work.way !== "walk") remember(work);
    return true;
  }
  async function remember(work) {
    favourites.unshift(work.file.endsWith(".wav") ? pointOfMelody(work) : await pointOfImage(served(work.file), `kept: ${work.alt}`.slice(0, 60)));
    favourites.splice(TRAY);
  }
  return { add };
}
