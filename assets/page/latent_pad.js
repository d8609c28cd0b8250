// The pad: a puck between four corners, for mouse, finger and arrow keys. Knows no model.
const STEP = 0.02;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function pad(corners, moved) {
  let at = { x: 0.5, y: 0.5 };
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
    else if (event.key === "Home") set(0.5, 0.5);
    else return;
    event.preventDefault();
    moved();
  };
  draw();
  const rounded = (part) => Math.round(part * 10000) / 10000;
  return { frame, set, at: () => ({ x: rounded(at.x), y: rounded(at.y) }), plane };
}

// How far the puck is from the centre of the space: straight ways cut through where no picture was ever drawn.
function gauge() {
  const row = (name) => {
    const bar = make("i", {});
    const number = make("b", {});
    return { item: make("span", { className: "norm" }, make("span", { textContent: name }), make("span", { className: "scale" }, bar), number), bar, number };
  };
  const rows = { slerp: row("slerp"), lerp: row("lerp"), norm: row("here") };
  const place = make("div", { className: "gauge", title: "Distance from the centre of the latent space; 1 is where draws lie" }, make("span", { className: "gauge-name", textContent: "Distance from the centre" }), ...Object.values(rows).map((one) => one.item));
  function show(facts) {
    const told = facts.norms ?? { norm: facts.norm };
    for (const [name, { item, bar, number }] of Object.entries(rows)) {
      item.hidden = told[name] === undefined;
      if (item.hidden) continue;
      bar.style.width = `${Math.min(100, told[name] * 66.7)}%`;
      number.textContent = told[name].toFixed(2);
    }
  }
  return { place, show };
}
