// One tune on the page: its roll, where one is in it, and what can be done with it. Others know how it is played and saved.
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const WITHOUT_START = " It is too long with the tune that was gone on from, so it only brings the settings: a file holds all.";
const WITHOUT_CLIP = " It only brings the settings: choose the clip again with them.";

// `acts`: say(sentence), reuse(tune), and name(), which is what to call this tune among the others.
function tuneCard(acts) {
  let tune = null;
  let tape = null; // what plays it, once it can be heard
  let drawing = 0;
  let bar = 0; // that was told last
  const canvas = make("canvas", { role: "img" });
  const cursor = make("i", { className: "cursor", hidden: true });
  const seek = make("div", { className: "seek", role: "slider", tabIndex: 0, ariaLabel: "Place in the tune" });
  const foot = make("div", { className: "player" });
  const caption = make("p", { className: "caption" });
  const frameOf = make("div", { className: "roll" }, canvas, cursor);
  const roll = pianoRoll(canvas);
  const band = whoPlays({ part, pale: roll.pale, say: acts.say, levels: (wanted) => tape.levels(wanted) });
  const picture = soundSeen({ sound: () => tape.sound(), go });
  const card = make("article", { className: "tune" }, caption, frameOf, band.list, foot);
  const button = make("button", { type: "button", className: "play" }, make("span", { className: "glyph" }));
  const time = make("span", { className: "time" });
  const loop = tool("loop", "Loop", { onclick: () => turn(loop.ariaPressed !== "true") });
  const tools = make("div", { className: "tools", role: "group", ariaLabel: "With this tune" });

  const place = () => tape.place();
  const bars = () => Math.round(tune.roll.seconds / tune.roll.bar);
  const barNow = () => Math.min(Math.floor(place() / tune.roll.bar + 1e-6) + 1, bars());
  const turn = (on) => ((loop.ariaPressed = String(on)), tape.loop(on));

  function follow() {
    const { x, y, height } = roll.at(place());
    Object.assign(cursor.style, { transform: `translate(${x}px, ${y}px)`, height: `${height}px` });
    picture.at(place());
    time.textContent = `${clock(place())} / ${clock(tune.roll.seconds)}`;
  }

  function told() {
    bar = barNow();
    seek.ariaValueNow = String(Math.round(place()));
    seek.ariaValueText = `${tune.roll.wave ? "" : `Bar ${bar}, `}${clock(place())} of ${clock(tune.roll.seconds)}`;
    follow();
  }

  function go(seconds) {
    tape.go(seconds);
    told();
  }

  function run() {
    if (bar === barNow()) follow();
    else told(); // no more often, since it is read aloud
    drawing = tape.playing && card.isConnected ? requestAnimationFrame(run) : 0;
  }

  // It begins to play, or it has stopped.
  function playing() {
    const now = tape.playing;
    button.ariaLabel = `${now ? "Pause" : "Play"}${acts.name()}`;
    button.title = now ? "Pause" : "Play";
    card.toggleAttribute("data-playing", now);
    cancelAnimationFrame(drawing);
    told();
    run();
  }

  async function toggle() {
    if (tape.playing) return tape.pause();
    button.ariaBusy = "true";
    await tape.play().catch(() => acts.say("This tune cannot be played here: download it."));
    button.ariaBusy = "false";
  }

  async function part(index) {
    const answer = await server.tune_stem({ file: tune.file, track: index }).catch(() => ({}));
    if (!answer.file) throw new Error(answer.problem ?? "The server does not answer: try again in a moment.");
    return tape.part(served(answer.file));
  }

  function keys(event) {
    const moves = {
      ArrowRight: place() + tune.roll.bar, ArrowUp: place() + tune.roll.bar,
      ArrowLeft: place() - tune.roll.bar, ArrowDown: place() - tune.roll.bar, Home: 0, End: tune.roll.seconds,
    };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) go(moves[event.key]);
    else if (event.key === " " || event.key === "Enter") toggle();
    else return;
    event.preventDefault();
  }

  function point(event) {
    const box = seek.getBoundingClientRect();
    go(roll.when(event.clientX - box.left, event.clientY - box.top));
  }
  button.onclick = toggle;
  seek.onkeydown = keys;
  seek.onclick = point;
  seek.onpointermove = (event) => event.pointerType === "mouse" && event.buttons === 1 && point(event);

  // A draft has become a tune that can be heard.
  function complete() {
    tape?.end();
    tape = deck(served(tune.file), bars() * tune.roll.bar, playing); // the seconds are rounded, and a loop would limp
    card.onpointerenter = () => tape.sound().catch(() => {}); // who points at it will soon want to hear it
    Object.assign(seek, { ariaValueMin: "0", ariaValueMax: String(Math.round(tune.roll.seconds)) });
    const copy = async (event) => {
      event.preventDefault();
      const short = tune.link_is_whole ? "" : tune.roll.wave ? WITHOUT_CLIP : WITHOUT_START;
      acts.say(((await window.playground.copy(event.currentTarget.href)) ? "The link is copied." : "Copy the link from its menu.") + short);
    };
    tools.replaceChildren(
      tool("again", "Use this seed", { onclick: () => acts.reuse(tune) }),
      tool("link", "Copy link", { href: tune.link, onclick: copy }, "a"),
      saving(tune, acts.say),
    );
    frameOf.append(seek);
    foot.replaceChildren(button, time, loop, tools);
    card.append(picture.fold);
    cursor.hidden = false;
    turn(false);
    playing();
  }

  function show(next, going) {
    const before = tune?.file;
    tune = next;
    canvas.ariaLabel = next.alt;
    caption.textContent = next.caption || (going ? "A tune comes into being" : "Unfinished");
    roll.show(next.roll);
    band.show(next.roll.tracks, Boolean(next.file));
    if (next.file && next.file !== before) complete();
  }

  function redraw() {
    roll.draw();
    picture.draw();
    if (tune?.file) follow();
  }

  const file = () => tune?.file ?? "";
  const begin = (seconds) => (go(seconds), tape.playing || toggle());
  return { card, frame: frameOf, roll, voices: band.list, place, begin, file, show, redraw, rename: () => tune?.file && playing(), end: () => tape?.end() };
}
