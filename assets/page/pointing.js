// Edits notes by pointer: draws, moves, stretches and removes them. The editor, `at`, knows the notes and draws them.
const EDGE = 8; // pixels at the right end of a note that make it longer

function notePointer(desk, roll, at) {
  let drag = null;

  function point(event) {
    const box = desk.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const boxes = at.notes().sounding().map((one) => [one, roll.noteBox(at.seconds(one))]);
    const [hit, place] = boxes.find(([, one]) =>
      x >= one.x - 1 && x <= one.x + Math.max(one.width, 6) && y >= one.y - 1 && y <= one.y + one.height + 1) ?? [];
    const edge = Boolean(hit) && x > place.x + place.width - Math.min(EDGE, place.width / 3);
    return { tick: roll.when(x, y) / at.second(), pitch: roll.pitchAt(y), chords: roll.onChords(y), hit, edge };
  }

  function press(event) {
    if (event.button || drag) return;
    const { tick, pitch, chords, hit, edge } = point(event);
    desk.focus();
    event.preventDefault();
    if (chords) return;
    at.notes().begin();
    drag = { tick, pitch, ...(hit ? held(hit, edge) : drawn(tick, pitch)) };
    desk.setPointerCapture(event.pointerId);
    at.choose(drag.note);
  }

  const held = (hit, edge) => ({ note: hit.note, edge, from: hit, keeps: at.notes().length(hit) });

  function drawn(tick, pitch) {
    const begin = Math.floor(tick / STEP) * STEP;
    const note = at.notes().add(begin, Math.max(STEP, at.room(begin)), pitch);
    at.sound(pitch);
    return { note, edge: true, fresh: true, from: note };
  }

  function pull(event) {
    const now = point(event);
    if (!drag) {
      desk.style.cursor = now.chords ? "default" : now.edge ? "ew-resize" : now.hit ? "grab" : "crosshair";
      return;
    }
    const along = snapped(now.tick - drag.tick);
    const up = now.pitch - drag.pitch;
    if (!drag.moved && !along && (drag.edge || !up)) return;
    const { note, from, edge, fresh, keeps } = drag;
    const stretched = fresh ? Math.max(STEP, Math.ceil((now.tick - from.tick) / STEP) * STEP) : from.ticks + along;
    const wanted = edge ? { ticks: stretched } : { ticks: keeps, tick: snapped(from.tick + along), pitch: from.pitch + up };
    if (!edge && note.pitch !== wanted.pitch) at.sound(wanted.pitch);
    drag.note = at.take(at.notes().put(note, wanted));
    drag.moved = true;
    at.draw();
  }

  function release() {
    if (!drag) return;
    const { moved, fresh, note, edge } = drag;
    drag = null;
    if (!moved && !fresh) at.notes().back();
    if (edge && moved) at.last(at.find(note).ticks);
    if (moved || fresh) at.done();
  }

  // The finger scrolls the page, or the pointer is lost.
  function lost() {
    if (!drag) return;
    drag = null;
    at.notes().back();
    at.draw();
  }

  function strike(event) {
    event.preventDefault();
    const { hit } = point(event);
    if (hit && !drag) at.remove(hit.note); // with a finger held down it is a long press
  }

  Object.assign(desk, { onpointerdown: press, onpointermove: pull, onpointerup: release, onpointercancel: lost, oncontextmenu: strike, ondblclick: strike });
}
