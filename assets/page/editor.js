// Edits the melody on the piano roll, by keys; pointing.js does so by pointer, and notes.js knows what notes are.
const SPARE = 5; // semitones below and above the melody
const ROOMY = 600; // pixels of a roll on which four bars stand in a line, else two

// `frame` holds the roll; `acts`: changed(), leave(), say(sentence), sound(pitch).
function noteEditor(frame, roll, acts) {
  let tune = null; // { roll, change } of the tune
  let notes = null; // its melody
  let chosen = null;
  let length = 2 * STEP; // of the next new note
  let sight = null; // the lowest and the highest pitch to be seen
  const mark = make("i", { className: "chosen-note", hidden: true });
  const desk = make("div", { className: "desk", role: "application", tabIndex: 0, ariaLabel: "Notes of the melody" }, mark);

  const bar = () => tune.change.melody.bar;
  const second = () => tune.change.melody.second;
  const seconds = ({ tick, ticks, pitch }) => [tick * second(), ticks * second(), pitch];
  const find = (note) => notes.sounding().find((one) => one.note === note);

  // The roll with the melody as it is now and, to be edited, without the others.
  function laid() {
    const melodyNow = { ...tune.roll.tracks[0], notes: notes.sounding().map(seconds) };
    if (!desk.isConnected) return [{ ...tune.roll, tracks: [melodyNow, ...tune.roll.tracks.slice(1)] }];
    const wide = frame.clientWidth >= ROOMY;
    return [{ ...tune.roll, tracks: [melodyNow] }, { barsALine: wide ? 4 : 2, step: STEP * second(), pitches: reach(), row: wide ? 8 : 7 }];
  }

  // The pitches in sight: they only grow, so that nothing moves away from under the pointer.
  function reach() {
    const pitches = notes.sounding().map((one) => one.pitch);
    const [low, high] = [Math.min(...pitches), Math.max(...pitches)];
    if (sight && low >= sight[0] && high <= sight[1]) return sight;
    const [from, to] = [Math.min(low, 72) - SPARE, Math.max(high, 60) + SPARE];
    sight = sight ? [Math.min(sight[0], from), Math.max(sight[1], to)] : [from, Math.max(to, from + 23)];
    return sight;
  }

  function draw() {
    if (!notes) return;
    const [shown, layout] = laid();
    roll.show(shown, layout);
    const one = chosen && find(chosen);
    mark.hidden = !one || !layout;
    if (mark.hidden) return;
    const box = roll.noteBox(seconds(one));
    Object.assign(mark.style, { left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` });
  }

  function tell(before = "") {
    const all = notes.sounding();
    const index = all.findIndex((one) => one.note === chosen);
    if (index < 0) return acts.say(`${before}No note is chosen; there are ${all.length}.`);
    const { tick, ticks, pitch } = all[index];
    acts.say(`${before}${pitchName(pitch)}, ${placed(tick, bar())}, ${lasting(ticks)}, note ${index + 1} of ${all.length}.`);
  }

  function choose(note, before) {
    chosen = note;
    draw();
    tell(before);
  }

  // `wanted` gives what shall be other, from the chosen note.
  function change(wanted) {
    if (!chosen) return tell();
    const [before, old] = [find(chosen), chosen];
    notes.begin();
    chosen = notes.put(chosen, { ticks: notes.length(before), ...wanted(before) });
    if (chosen.pitch !== old.pitch) acts.sound(chosen.pitch);
    const blocked = "ticks" in wanted(before) && chosen.ticks > before.ticks && find(chosen).ticks === before.ticks;
    done(blocked ? "It ends at its bar line. " : "");
  }

  function done(before) {
    draw();
    tell(before);
    acts.changed();
  }

  function remove(note = chosen) {
    if (!note) return tell();
    const all = notes.sounding();
    const index = all.findIndex((one) => one.note === note);
    notes.begin();
    notes.remove(note);
    chosen = (all[index + 1] ?? all[index - 1])?.note ?? null;
    done("Removed. ");
  }

  // How long a new note may be without covering another; 0 where one begins.
  const room = (tick) => Math.min(length, ...notes.sounding().map((one) => one.tick - tick).filter((gap) => gap >= 0));

  // After the chosen note, or where the tune begins. Without room there the chosen note is parted in two.
  function insert() {
    const one = chosen && find(chosen);
    const tick = one ? one.tick + one.ticks : 0;
    const free = tick < bar() * bars() ? room(tick) : 0;
    if (!free && !(one?.ticks >= 2 * STEP)) return acts.say("There is no room for a note here.");
    notes.begin();
    if (free) chosen = notes.add(tick, free, one?.pitch ?? 67);
    else {
      const half = Math.max(STEP, snapped(one.ticks / 2));
      notes.put(chosen, { ticks: half });
      chosen = notes.add(one.tick + half, one.ticks - half, one.pitch);
    }
    acts.sound(chosen.pitch);
    done(free ? "Added. " : "Parted in two. ");
  }

  function step(back) {
    const before = new Set(notes.sounding().map((one) => one.note));
    if (!(back ? notes.undo() : notes.redo())) return acts.say(back ? "There is nothing to undo." : "There is nothing to redo.");
    const changed = notes.sounding().find((one) => !before.has(one.note))?.note;
    chosen = changed ?? (chosen && nearest(chosen.tick));
    done(back ? "Undone. " : "Redone. ");
  }

  const nearest = (tick) => notes.sounding().reduce((best, one) => (best && Math.abs(best.tick - tick) <= Math.abs(one.tick - tick) ? best : one), null)?.note;
  const bars = () => Math.round(tune.roll.seconds / tune.roll.bar);

  function walk(way) {
    const all = notes.sounding().map((one) => one.note);
    const index = all.indexOf(chosen);
    const next = way === "first" ? 0 : way === "last" ? all.length - 1 : index < 0 ? 0 : Math.max(0, Math.min(all.length - 1, index + way));
    if (all.length) choose(all[next]);
  }

  const by = (name, difference) => () => change((one) => ({ [name]: (name === "pitch" ? one.pitch : snapped(one[name])) + difference }));
  const move = {
    up: by("pitch", 1), down: by("pitch", -1), octaveUp: by("pitch", 12), octaveDown: by("pitch", -12),
    later: by("tick", STEP), earlier: by("tick", -STEP), longer: by("ticks", STEP), shorter: by("ticks", -STEP),
  };

  function keys(event) {
    const ctrl = event.ctrlKey || event.metaKey;
    const shift = event.shiftKey;
    if (ctrl && event.key.toLowerCase() === "z") step(!shift);
    else if (ctrl && event.key.toLowerCase() === "y") step(false);
    else if (ctrl || event.altKey) return;
    else {
      const act = {
        ArrowUp: shift ? move.octaveUp : move.up, ArrowDown: shift ? move.octaveDown : move.down,
        ArrowRight: shift ? move.later : () => walk(1), ArrowLeft: shift ? move.earlier : () => walk(-1),
        Home: () => walk("first"), End: () => walk("last"), "+": move.longer, "=": move.longer, "-": move.shorter, _: move.shorter,
        Delete: () => remove(), Backspace: () => remove(), Enter: insert, " ": () => chosen && acts.sound(chosen.pitch), Escape: acts.leave,
      }[event.key];
      if (!act) return;
      act();
    }
    event.preventDefault();
    if (!mark.hidden) mark.scrollIntoView({ block: "nearest" });
  }

  desk.onkeydown = keys;
  notePointer(desk, roll, {
    notes: () => notes, second, seconds, find, room, choose, draw, done, remove, sound: acts.sound,
    take: (note) => (chosen = note), last: (ticks) => (length = ticks),
  });

  function open() {
    sight = null;
    frame.append(desk);
    frame.dataset.editing = "";
    draw();
    desk.focus({ preventScroll: true });
    choose(chosen && find(chosen) ? chosen : notes.sounding()[0]?.note ?? null, "Editing. ");
  }

  function close() {
    desk.remove();
    delete frame.dataset.editing;
    draw();
  }

  // `kept`: the melody of this tune, as it was left.
  function show(next, kept) {
    [tune, notes, chosen] = [next, kept, null];
  }

  return { desk, open, close, show, draw, move, insert, remove: () => remove(), undo: () => step(true), redo: () => step(false) };
}
