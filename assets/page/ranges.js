// Marks a stretch of a piano roll, and lets one choose it by a drag along the chord names. Knows no bars and no server.
const DRAG = 6; // pixels from which a press is a drag

// `frame` holds the roll; `chosen` is told the seconds from and to which a drag went.
function stretch(frame, roll, chosen) {
  let pressed = null; // where a press on the chords began
  let dragged = false;
  const box = () => frame.getBoundingClientRect();
  const at = (event) => roll.when(event.clientX - box().left, event.clientY - box().top);

  frame.addEventListener("pointerdown", (event) => {
    if (event.button || "editing" in frame.dataset || event.pointerType === "touch" || !roll.onChords(event.clientY - box().top)) return;
    pressed = { seconds: at(event), x: event.clientX };
    dragged = false;
    event.preventDefault();
  }, true);
  frame.addEventListener("pointermove", (event) => {
    frame.classList.toggle("over-chords", roll.onChords(event.clientY - box().top));
    if (!(event.buttons & 1)) pressed = null; // let go, here or elsewhere
    if (!pressed) return;
    event.stopPropagation();
    dragged ||= Math.abs(event.clientX - pressed.x) >= DRAG;
    if (dragged) chosen(pressed.seconds, at(event));
  }, true);
  frame.addEventListener("click", (event) => {
    if (dragged) event.stopPropagation();
    dragged = false;
  }, true);

  // Shows [from, to] in seconds, or nothing.
  function mark(span) {
    frame.querySelectorAll(".range").forEach((one) => one.remove());
    if (!span) return;
    for (const { x, y, width, height } of roll.spans(...span)) {
      const one = make("i", { className: "range" });
      Object.assign(one.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
      frame.append(one);
    }
  }
  return mark;
}
