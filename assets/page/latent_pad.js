// The pad: a puck between four corners, for mouse, finger and arrow keys. Knows no model.
const STEP = 0.02;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const CENTRE = { x: 0.5, y: 0.5 };

function pad(corners, moved) {
  let at = { x: 0.2, y: 0.24 }; // near a corner: the middle between four scenes shows none of them
  const puck = make("span", { className: "puck" });
  const plane = make("div", { className: "plane", tabIndex: 0, role: "slider", ariaLabel: "Puck", ariaValueMin: "0", ariaValueMax: "100" }, puck);
  const frame = make("div", { className: "pad" }, plane, ...corners.map((corner) => corner.button));
  const hundred = (part) => Math.round(part * 100);

  function draw() {
    puck.style.left = `${at.x * 100}%`;
    puck.style.top = `${at.y * 100}%`;
    plane.ariaValueNow = String(hundred(at.x));
    plane.ariaValueText = `${hundred(at.x)} % to the right, ${hundred(at.y)} % down`;
  }
  function set(x, y) {
    at = { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
    draw();
  }
  function follow(event) {
    const box = plane.getBoundingClientRect();
    set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    moved();
  }
  plane.onpointerdown = (event) => {
    if (event.button) return;
    plane.setPointerCapture(event.pointerId);
    plane.focus({ preventScroll: true });
    follow(event);
    event.preventDefault();
  };
  plane.onpointermove = (event) => plane.hasPointerCapture(event.pointerId) && follow(event);
  plane.onkeydown = (event) => {
    const [right, down] = ARROWS[event.key] ?? [];
    const far = event.shiftKey ? 5 : 1;
    if (right !== undefined) set(at.x + right * far * STEP, at.y + down * far * STEP);
    else if (event.key === "Home") set(CENTRE.x, CENTRE.y);
    else return;
    event.preventDefault();
    moved();
  };
  draw();
  const rounded = (part) => Math.round(part * 10000) / 10000;
  return { frame, set, at: () => ({ x: rounded(at.x), y: rounded(at.y) }), plane };
}

const STARTS = ["red-boat", "yellow-house", "purple-castle", "white-lighthouse"];
const MELODIES = ["busy-reel", "leaping-reel", "rising-pop", "busy-pop"];
const CORNERS = ["Above on the left", "Above on the right", "Below on the left", "Below on the right"];

function padWay(hands) {
  const { heard } = hands;
  const corners = CORNERS.map((label, index) => slot(label, pointOf(`card ${STARTS[index]}`), melodyPoint(MELODIES[index]), hands));
  const puck = pad(corners, hands.changed);
  return {
    make: () => (heard() ? "Keep and play" : "Keep this picture"),
    fit: () => corners.forEach((corner) => corner.fit()),
    hint: "Drag the puck, or move it with the arrow keys. Press a corner to put something else there.",
    hand: () => [puck.frame],
    live: true,
    settings: () => ({ points: linesOf(corners.map((corner) => corner.point())), ...puck.at() }),
    restore({ points, x, y }) {
      corners.forEach((corner, index) => points[index] && corner.set(points[index]));
      puck.set(x ?? CENTRE.x, y ?? CENTRE.y);
    },
    surprise() {
      drawnCards(4, heard()).forEach((point, index) => corners[index].set(point));
      puck.set(0.25 + Math.random() / 2, 0.25 + Math.random() / 2);
    },
    words: () => `between ${corners.map((corner) => corner.point().name).join(", ")}`,
  };
}
