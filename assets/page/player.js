// One tune on the page: its roll, what plays it, where one is in it, and what can be done with it. Knows no server.
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

// `acts`: say(sentence), reuse(tune), and name(), which is what to call this tune among the others.
function tuneCard(acts) {
  let tune = null;
  let frame = 0;
  const canvas = make("canvas", { role: "img" });
  const cursor = make("i", { className: "cursor", hidden: true });
  const seek = make("div", { className: "seek", role: "slider", tabIndex: 0, ariaLabel: "Place in the tune" });
  const legend = make("ul", { className: "voices", ariaLabel: "Who plays" });
  const foot = make("div", { className: "player" });
  const caption = make("p", { className: "caption" });
  const frameOf = make("div", { className: "roll" }, canvas, cursor);
  const card = make("article", { className: "tune" }, caption, frameOf, legend, foot);
  const roll = pianoRoll(canvas);
  const audio = make("audio", { preload: "metadata" });
  const button = make("button", { type: "button", className: "play" }, make("span", { className: "glyph" }));
  const time = make("span", { className: "time" });
  const loop = tool("loop", "Loop", { onclick: () => turn(loop.ariaPressed !== "true") });
  const tools = make("div", { className: "tools", role: "group", ariaLabel: "With this tune" });

  const place = () => Math.min(audio.currentTime, tune.roll.seconds);
  const turn = (on) => ((loop.ariaPressed = String(on)), (audio.loop = on));

  function follow() {
    const { x, y, height } = roll.at(place());
    Object.assign(cursor.style, { transform: `translate(${x}px, ${y}px)`, height: `${height}px` });
    time.textContent = `${clock(place())} / ${clock(tune.roll.seconds)}`;
  }

  function told() {
    const bar = Math.min(Math.floor(place() / tune.roll.bar + 1e-6) + 1, Math.round(tune.roll.seconds / tune.roll.bar));
    seek.ariaValueNow = String(Math.round(place()));
    seek.ariaValueText = `Bar ${bar}, ${clock(place())} of ${clock(tune.roll.seconds)}`;
    follow();
  }

  function go(seconds) {
    audio.currentTime = Math.max(0, Math.min(tune.roll.seconds, seconds));
    told();
  }

  function run() {
    if (audio.loop && audio.currentTime >= tune.roll.seconds) audio.currentTime = 0; // the last sound may ring longer
    follow();
    frame = audio.paused || !card.isConnected ? 0 : requestAnimationFrame(run);
  }

  function playing(now) {
    button.ariaLabel = `${now ? "Pause" : "Play"}${acts.name()}`;
    button.title = now ? "Pause" : "Play";
    card.toggleAttribute("data-playing", now);
    cancelAnimationFrame(frame);
    if (now) run();
  }

  async function toggle() {
    if (!audio.paused) return audio.pause();
    if (place() >= tune.roll.seconds) audio.currentTime = 0;
    try {
      await audio.play();
    } catch (error) {
      if (error.name !== "AbortError") acts.say("This tune cannot be played here: download it.");
    }
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
  audio.onplay = () => {
    for (const other of document.querySelectorAll(".tune audio")) if (other !== audio) other.pause();
    playing(true);
  };
  audio.onpause = () => playing(false);
  audio.ontimeupdate = told;
  audio.onended = () => playing(false);

  // A draft has become a tune that can be heard.
  function complete() {
    audio.src = served(tune.file);
    Object.assign(seek, { ariaValueMin: "0", ariaValueMax: String(Math.round(tune.roll.seconds)) });
    const copy = async (event) => {
      event.preventDefault();
      acts.say((await window.playground.copy(event.currentTarget.href)) ? "The link is copied." : "Copy the link from its menu.");
    };
    tools.replaceChildren(
      tool("again", "Use this seed", { onclick: () => acts.reuse(tune) }),
      tool("link", "Copy link", { href: tune.link, onclick: copy }, "a"),
      saving(tune, acts.say),
    );
    frameOf.append(seek);
    foot.replaceChildren(button, time, loop, tools, audio);
    cursor.hidden = false;
    turn(false);
    playing(false);
    told();
  }

  function show(next, going) {
    const before = tune?.file;
    tune = next;
    canvas.ariaLabel = next.alt;
    caption.textContent = next.caption || (going ? "A tune comes into being" : "Unfinished");
    legend.replaceChildren(...next.roll.tracks.map((track, index) => {
      const item = make("li", { textContent: track.instrument && !track.drums ? `${track.name}: ${track.instrument}` : track.name });
      item.style.setProperty("--voice", `var(${hue(track, index)})`);
      return item;
    }));
    roll.show(next.roll);
    if (next.file && next.file !== before) complete();
  }

  function redraw() {
    roll.draw();
    if (tune?.file) follow();
  }

  const file = () => tune?.file ?? "";
  return { card, file, show, redraw, rename: () => tune?.file && playing(!audio.paused), end: () => audio.pause() };
}
