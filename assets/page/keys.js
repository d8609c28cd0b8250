// A keyboard on which one plays how a tune begins, note by note: each key adds a note of the chosen length. Knows no
// server; what is played is shown as a draft of a roll.
const KEYS = [60, 84]; // pitches, the lowest and the highest
const BLACK = [1, 3, 6, 8, 10];
const COMPUTER = ["KeyA", "KeyW", "KeyS", "KeyE", "KeyD", "KeyF", "KeyT", "KeyG", "KeyY", "KeyH", "KeyU", "KeyJ", "KeyK", "KeyO", "KeyL", "KeyP", "Semicolon"];
const LENGTHS = [[6, "eighth"], [12, "quarter"], [24, "half"]];
const METRES = { "4/4": 48, "3/4": 36, "6/8": 36 };
const MOST_PLAYED = 16; // bars
const DRAFT_BPM = 100; // of the roll, which only shows shares of a bar

// `acts`: go(played) begins from what was played, say(sentence), busy().
function keyboard(acts) {
  let played = []; // [ticks, pitch or null]
  let length = 12;
  let metre = "4/4";
  const canvas = make("canvas", { role: "img" });
  const roll = pianoRoll(canvas);
  const names = new Map(); // of computer keys, as they are written on this keyboard
  const white = make("div", { className: "white" });
  const board = make("div", { className: "keys", role: "group", ariaLabel: "Keyboard" }, white);
  const keys = new Map(); // by pitch
  const button = (text, label, onclick) => make("button", { type: "button", className: "chip", textContent: text, ariaLabel: label, title: label, onclick });
  const back = tool("undo", "Take back", { onclick: takeBack });
  const clear = tool("remove", "Clear", { onclick: () => ((played = []), draw(), acts.say("Cleared.")) });
  const go = tool("on", "Continue this", { className: "tool go", onclick: () => acts.go({ notes: played, metre }) });
  const lengths = choice("Length of the next note", LENGTHS.map(([ticks, name]) => [String(ticks), name]), String(length), (value) => (length = Number(value)));
  const metres = choice("Beats of a bar", Object.keys(METRES).map((name) => [name, name]), metre, (value) => ((metre = value), draw()));
  const fold = make("details", { className: "playing" }, make("summary", { textContent: "Play a start" }),
    make("p", { className: "hint", textContent: "Each key adds a note; the letters on the keys work too, R adds a rest and Backspace takes back." }),
    make("div", { className: "draft" }, canvas),
    make("div", { className: "board" }, board),
    make("div", { className: "options" }, lengths, button("Rest", "Add a rest", () => add(null)), metres, make("span", { className: "acts" }, back, clear, go)));

  // A group of which one is pressed.
  function choice(label, entries, first, chosen) {
    const group = make("div", { className: "choice", role: "group", ariaLabel: label });
    for (const [value, text] of entries) {
      const one = button(text, text, () => {
        for (const other of group.children) other.ariaPressed = String(other === one);
        chosen(value);
      });
      one.ariaPressed = String(value === first);
      group.append(one);
    }
    return group;
  }

  for (let pitch = KEYS[0]; pitch <= KEYS[1]; pitch += 1) {
    const black = BLACK.includes(pitch % 12);
    const key = make("button", { type: "button", className: black ? "black" : "", ariaLabel: pitchName(pitch), tabIndex: pitch === KEYS[0] ? 0 : -1 }, make("span"));
    key.onpointerdown = (event) => event.button === 0 && (event.preventDefault(), key.focus({ preventScroll: true }), add(pitch));
    key.onclick = (event) => event.detail === 0 && add(pitch); // by a key or a screen reader: a pointer has added it already
    keys.set(pitch, key);
    if (black) keys.get(pitch - 1).after(key);
    white.append(key);
  }

  board.onkeydown = (event) => {
    const pitch = [...keys].find(([, key]) => key === document.activeElement)?.[0];
    const next = { ArrowRight: pitch + 1, ArrowLeft: pitch - 1, ArrowUp: pitch + 12, ArrowDown: pitch - 12, Home: KEYS[0], End: KEYS[1] }[event.key];
    if (!keys.has(next)) return;
    event.preventDefault();
    rest(next).focus();
  };

  function rest(pitch) {
    for (const key of keys.values()) key.tabIndex = -1;
    keys.get(pitch).tabIndex = 0;
    return keys.get(pitch);
  }

  function flash(pitch) {
    const key = keys.get(pitch);
    key.dataset.down = "";
    setTimeout(() => delete key.dataset.down, 180);
  }

  const total = () => played.reduce((sum, [ticks]) => sum + ticks, 0);

  function add(pitch) {
    if (total() + length > MOST_PLAYED * METRES[metre]) return acts.say(`That is enough for a start: ${MOST_PLAYED} bars.`);
    if (pitch === null && !played.length) return acts.say("Begin with a note.");
    const begin = total();
    played = [...played, [length, pitch]];
    if (pitch !== null) {
      tone(pitch);
      flash(pitch);
    }
    draw();
    acts.say(`${pitch === null ? "Rest" : pitchName(pitch)}, ${placed(begin, METRES[metre])}, ${lasting(length)}.`);
  }

  function takeBack() {
    if (!played.length) return acts.say("There is nothing to take back.");
    played = played.slice(0, -1);
    draw();
    acts.say(`Taken back. ${played.length} left.`);
  }

  function draw() {
    const second = 60 / DRAFT_BPM / QUARTER;
    const bar = METRES[metre] * second;
    const bars = Math.max(2, Math.ceil(total() / METRES[metre]));
    let tick = 0;
    const notes = [];
    for (const [ticks, pitch] of played) {
      if (pitch !== null) notes.push([tick * second, ticks * second, pitch]);
      tick += ticks;
    }
    canvas.ariaLabel = `What was played: ${notes.length} ${notes.length === 1 ? "note" : "notes"}`;
    for (const one of [back, clear, go]) one.disabled = !played.length;
    const layout = { barsALine: Math.min(bars, 8), step: 6 * second, pitches: [KEYS[0] - 1, KEYS[1] + 1], row: 4 };
    if (fold.open) roll.show({ seconds: bars * bar, bar, chords: [], tracks: [{ name: "Melody", instrument: "", drums: false, notes }] }, layout);
  }

  // Whoever types is not playing, and neither is who presses a shortcut.
  const typing = (at) => at?.closest?.("input, textarea, select, [contenteditable], [role=application], [role=textbox], [role=combobox], [role=listbox]");
  function press(event) {
    if (!fold.isConnected) return document.removeEventListener("keydown", press);
    if (!fold.open || !fold.offsetParent || acts.busy() || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const index = COMPUTER.indexOf(event.code);
    if (index >= 0) add(KEYS[0] + index + (event.shiftKey && KEYS[0] + index + 12 <= KEYS[1] ? 12 : 0));
    else if (event.key.toLowerCase() === "r") add(null);
    else if (event.key === "Backspace") takeBack();
    else return;
    event.preventDefault();
  }

  async function label() {
    const map = await navigator.keyboard?.getLayoutMap?.().catch(() => null);
    COMPUTER.forEach((code, index) => {
      names.set(code, map?.get(code) ?? (code === "Semicolon" ? ";" : code.slice(3).toLowerCase()));
      keys.get(KEYS[0] + index).firstChild.textContent = names.get(code).toUpperCase();
    });
  }

  fold.ontoggle = draw;
  document.addEventListener("keydown", press);
  label();
  draw();
  return { fold, draw };
}
