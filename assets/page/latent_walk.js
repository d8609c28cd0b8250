// A walk: key points, a place on the way that the families draw at once, and what a film of it costs.
const MOST_STOPS = 12;
const WALK_STARTS = ["red-boat", "orange-rocket", "white-windmill"];
const WALK_MELODIES = ["rising-pop", "leaping-reel", "calm-lullaby"];
const MOST_MELODIES = 16; // of a walk
const FRAME_OF_DRAFT = 4; // how many times as long as a draft a whole frame takes, about

function walkWay({ changed, say, pick, form, heard, pace, title, films }) {
  let stops = WALK_STARTS.map((name) => pointOf(`card ${name}`));
  const away = [stops, WALK_MELODIES.map(melodyPoint)]; // of pictures, and of melodies
  let playing = null; // when the beginning was or would have been passed
  const list = make("ol", { className: "stops" });
  const add = make("button", { type: "button", className: "chip", textContent: "Add a point" });
  const seek = make("input", { type: "range", min: "0", max: "1", step: "0.001", value: "0", ariaLabel: "Place on the way" });
  const play = make("button", { type: "button", className: "chip steady", textContent: "Walk" });
  const cost = make("p", { className: "cost" });
  const frames = () => Number(form().frames ?? 48);
  const seconds = () => (heard() ? 2 * Math.min(MOST_MELODIES, frames()) : frames() / Number(form().frames_per_second ?? 16));

  function draw() {
    list.replaceChildren(...stops.map((point, index) => {
      const one = slot(`Point ${index + 1}`, point, point, { changed: () => ((stops[index] = one.point()), changed()), say, pick, heard });
      const off = make("button", { type: "button", className: "off", textContent: "×", ariaLabel: `Leave out point ${index + 1}`, hidden: stops.length < 3 });
      off.onclick = () => (stops.splice(index, 1), draw(), add.focus(), changed());
      return make("li", {}, one.button, off);
    }));
    add.hidden = stops.length >= MOST_STOPS;
  }
  add.onclick = async () => {
    const point = await pick(`Point ${stops.length + 1}`);
    if (point) stops.push(point), draw(), changed();
  };
  seek.oninput = () => (rest(), changed());
  play.onclick = () => (playing === null ? run() : rest());
  function run() {
    playing = performance.now() - Number(seek.value) * seconds() * 1000;
    play.textContent = "Rest";
    requestAnimationFrame(tick);
  }
  function rest() {
    playing = null;
    play.textContent = "Walk";
  }
  function tick(now) {
    if (playing === null || !seek.isConnected) return rest();
    const place = (now - playing) / (seconds() * 1000);
    if (place >= 1 && form().shape !== "loop") (seek.value = 1), rest();
    else (seek.value = place % 1), requestAnimationFrame(tick);
    changed();
  }
  function tell() {
    if (heard()) {
      const bars = 2 * Math.min(MOST_MELODIES, frames());
      cost.textContent = `${bars / 2} melodies, ${bars} bars in all, played by the band: a few seconds of work. At most ${MOST_MELODIES} melodies.`;
      return;
    }
    const took = pace();
    const long = took < Infinity ? `; making it takes ${title()} about ${Math.max(1, Math.round((frames() * took * FRAME_OF_DRAFT) / 1000))} s` : "";
    cost.textContent = `${frames()} frames: a film of ${seconds().toFixed(1)} s${long}. At most 240 frames.`;
  }

  // The place on the way as a draft: between two points, or a sum of the four around it.
  function place() {
    const { path = "slerp", shape } = form();
    const loop = shape === "loop" && path !== "circular";
    const count = stops.length;
    if (path === "circular") {
      const x = 0.5 - 0.5 * Math.cos(2 * Math.PI * Number(seek.value));
      return { points: linesOf([stops[0], stops[1], stops[0], stops[1]]), x, y: 0, path: "slerp" };
    }
    const spans = loop ? count : count - 1;
    const time = Math.min(Number(seek.value) * spans, spans - 1e-6);
    const [start, t] = [Math.floor(time), time % 1];
    const at = (index) => stops[loop ? (index + count) % count : Math.min(count - 1, Math.max(0, index))];
    if (path !== "cubic") return { points: linesOf([at(start), at(start + 1), at(start), at(start + 1)]), x: t, y: 0 };
    const weights = [-t / 2 + t * t - t ** 3 / 2, 1 - 2.5 * t * t + 1.5 * t ** 3, t / 2 + 2 * t * t - 1.5 * t ** 3, (t ** 3 - t * t) / 2];
    return { points: linesOf([-1, 0, 1, 2].map((step) => at(start + step))), weights: weights.map((weight) => weight.toFixed(5)).join(" "), path: "cubic" };
  }

  draw();
  return {
    make: () => (heard() ? "Play this walk" : "Film this walk"),
    hint: "Move along the way, or press Walk. Every point can be something else, and there can be twelve.",
    hand: () => [list, add, make("div", { className: "transport" }, play, seek), cost],
    fit() {
      if (stops.every((point) => fits(point, heard()))) return;
      away[Number(!heard())] = stops;
      stops = away[Number(heard())];
      draw();
    },
    live: true,
    settings: (family, live) => (live ? place() : { points: linesOf(stops) }),
    restore({ points }) {
      if (points.length > 1) (stops = points.slice(0, MOST_STOPS)), draw();
    },
    surprise() {
      stops = drawnCards(3 + Math.floor(Math.random() * 2), heard());
      draw();
    },
    words: () => `on the way along ${stops.map((point) => point.name).join(", ")}`,
    tell,
    made: (work) => work.sheet.file && films.show(work),
    views: () => films.there() && [films.figure],
  };
}
