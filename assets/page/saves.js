// How a tune is taken away: each kind of file, those that take time only when they are asked for. Knows no sound.
const FORMATS = {
  ".wav": ["WAV", "the sound as it is"],
  ".flac": ["FLAC", "the same, half as large"],
  ".mp3": ["MP3", "small, plays everywhere"],
  ".ogg": ["OGG", "small and free"],
  ".mid": ["MIDI", "the notes, for music programs"],
  ".abc": ["ABC", "the notes, as text"],
};

const NOTES = [".mid", ".abc"];

// Asks the server to make a file and downloads it; `button` waits meanwhile.
async function asked(button, ask, say) {
  if (button.ariaBusy === "true") return null;
  button.ariaBusy = "true";
  const answer = await ask().catch(() => ({ problem: "The server does not answer: try again in a moment." }));
  button.ariaBusy = "false";
  if (answer.problem) return say(answer.problem);
  fetched(answer.file);
  return answer.file;
}

function saving(tune, say) {
  const files = { ...tune.files }; // and those that were asked for
  const entry = (ending, tag, properties) => {
    const [name, hint] = FORMATS[ending];
    return make("li", {}, make(tag, { ...properties, ariaLabel: `Download ${name}`, className: "format" }, make("b", { textContent: name }), make("span", { textContent: hint })));
  };
  const ready = (ending) => entry(ending, "a", { href: served(files[ending]), download: files[ending].split("/").pop() });
  const later = (ending) => entry(ending, "button", { type: "button", onclick: (event) => order(ending, event.currentTarget) });

  async function order(ending, button) {
    say(`Making the ${FORMATS[ending][0]} file.`);
    const file = await asked(button, () => server.tune_file({ file: tune.file, ending }), say);
    if (!file) return;
    files[ending] = file;
    const focused = document.activeElement === button;
    const item = ready(ending);
    button.parentElement.replaceWith(item);
    if (focused) item.firstChild.focus();
    say(`The ${FORMATS[ending][0]} file is among your downloads.`);
  }

  const there = Object.keys(FORMATS).filter((ending) => files[ending] || !NOTES.includes(ending)); // a sound has no notes
  const menu = make("ul", { className: "formats" }, ...there.map((ending) => (files[ending] ? ready(ending) : later(ending))));
  const head = tool("save", "Download", {}, "summary");
  const fold = make("details", { className: "saving" }, head, menu);
  const shut = (event) => fold.open && !fold.contains(event.target) && (fold.open = false);
  fold.ontoggle = () => document[fold.open ? "addEventListener" : "removeEventListener"]("pointerdown", shut);
  fold.onkeydown = (event) => {
    if (event.key !== "Escape" || !fold.open) return;
    fold.open = false;
    head.focus();
  };
  return fold;
}

// All tunes in sight in one zip. `files` gives the paths of their sounds.
function savingAll(files, say) {
  const button = tool("save", "Download all as a zip", {});
  button.onclick = () => asked(button, () => server.tunes_zip(files()), say);
  return button;
}
