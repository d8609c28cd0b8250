// Plays a film from one picture that holds all its frames, frame by frame or on and on, and has it as other files.
function filmTools(work, say) {
  const link = (ending, file) => tool("save", ending.slice(1).toUpperCase(), { href: served(file), download: file.split("/").pop(), ariaLabel: `Download as ${ending}` }, "a");
  const other = (ending) => {
    const button = tool("save", ending.slice(1).toUpperCase(), { ariaLabel: `Make and download as ${ending}` });
    button.onclick = async () => {
      button.disabled = true;
      say(`The film becomes a ${ending} file.`);
      const answer = await server.latent_film({ file: work.file, ending }).catch(() => null);
      button.disabled = false;
      if (!answer?.file) return say(answer?.problem ?? "The connection was lost. Try again.");
      say(`The ${ending} file is ready.`);
      const made = link(ending, answer.file);
      button.replaceWith(made);
      made.click();
    };
    return button;
  };
  return [link(".webp", work.file), other(".gif"), ...(props.known.mp4 ? [other(".mp4")] : [])];
}

// How far from the centre each frame is, as lines; the picture says the same to who does not see it.
const LINE_NAMES = { slerp: "slerp", lerp: "lerp", cubic: "cubic", circular: "circular" };
function curves(norms, path) {
  const [width, height] = [240, 54];
  const lines = Object.entries(Array.isArray(norms) ? { [path]: norms } : norms).filter(([name, values]) => LINE_NAMES[name] && values.length > 1);
  const top = Math.max(1.1, ...lines.flatMap(([, values]) => values));
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", lines.map(([name, values]) => `${name}: from ${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`).join("; "));
  const draw = (kind, points) => {
    const line = document.createElementNS(svg.namespaceURI, "polyline");
    line.setAttribute("points", points.map(([x, y]) => `${(x * width).toFixed(1)},${(height - (y / top) * height).toFixed(1)}`).join(" "));
    line.setAttribute("class", kind);
    svg.append(line);
  };
  draw("one", [[0, 1], [1, 1]]);
  for (const [name, values] of lines) draw(name === path ? "own" : "other", values.map((value, index) => [index / (values.length - 1), value]));
  const now = document.createElementNS(svg.namespaceURI, "line");
  now.setAttribute("class", "now");
  now.setAttribute("y2", height);
  svg.append(now);
  const legend = lines.map(([name]) => make("span", { className: name === path ? "own" : "other", textContent: name }));
  const place = make("div", { className: "curves" }, make("span", { className: "small", textContent: "Distance from the centre, frame by frame; dotted: where draws lie" }), svg, make("span", { className: "legend" }, ...legend));
  const at = (part) => (now.setAttribute("x1", part * width), now.setAttribute("x2", part * width));
  return { place: lines.length ? place : "", at };
}

// `live` goes back to what follows the hand.
function player({ say, live }) {
  const canvas = make("canvas", { width: 256, height: 256, role: "img" });
  const play = make("button", { type: "button", className: "chip steady" });
  const seek = make("input", { type: "range", min: "0", value: "0", step: "1", ariaLabel: "Frame" });
  const count = make("span", { className: "count" });
  const under = make("div", { className: "under" });
  const figure = make("figure", { className: "family film" }, make("div", { className: "canvas" }, canvas), make("figcaption", {}, make("div", { className: "transport" }, play, seek, count), under));
  const sheet = new Image();
  let film = null;
  let line = { at() {} };
  let frame = 0;
  let begun = null; // when frame 0 was or would have been shown; null at rest

  function draw() {
    const { columns, frames } = film.sheet;
    const side = sheet.naturalWidth / columns;
    if (side) canvas.getContext("2d").drawImage(sheet, (frame % columns) * side, Math.floor(frame / columns) * side, side, side, 0, 0, 256, 256);
    seek.value = frame;
    seek.ariaValueText = count.textContent = `${frame + 1} of ${frames}`;
    line.at(frames > 1 ? frame / (frames - 1) : 0);
  }
  function tick(now) {
    if (begun === null || !figure.isConnected) return rest();
    const next = Math.floor((now - begun) / film.sheet.milliseconds) % film.sheet.frames;
    if (next !== frame) (frame = next), draw();
    requestAnimationFrame(tick);
  }
  function rest() {
    begun = null;
    play.textContent = "Play";
  }
  function run() {
    begun = performance.now() - frame * film.sheet.milliseconds;
    play.textContent = "Pause";
    requestAnimationFrame(tick);
  }
  play.onclick = () => (begun === null ? run() : rest());
  seek.oninput = () => (rest(), (frame = Number(seek.value)), draw());
  sheet.onload = () => film && draw();

  function show(work) {
    rest();
    [film, frame] = [work, 0];
    canvas.ariaLabel = work.alt;
    seek.max = work.sheet.frames - 1;
    sheet.src = served(work.sheet.file);
    line = curves(work.facts.norms ?? {}, work.state.path ?? "slerp");
    under.replaceChildren(line.place, make("div", { className: "tools" }, ...filmTools(work, say), tool("again", "Live view", { onclick: live })));
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) run();
  }
  return { figure, show };
}
