// A melody that is edited: notes that never get lost, and what of them sounds. Knows no page, no pixel and no sound.
const STEP = 3; // ticks of a sixteenth
const QUARTER = 12;
const REACH = [21, 108]; // pitches there are

// `notes`: [tick, ticks, pitch]; `bars` of `bar` ticks each. A note sounds to its bar line at most. Where two meet, the one
// that was touched last covers the other, which waits underneath: it is there again once the place is free.
function melody(notes, bar, bars) {
  let touched = 0;
  let list = notes.map(([tick, ticks, pitch]) => ({ tick, ticks, pitch, turn: (touched += 1) }));
  const past = [];
  const future = [];
  const end = bar * bars;
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  // In the order of time, each with the ticks it really sounds.
  function sounding() {
    const heard = [];
    for (const note of [...list].sort((a, b) => b.turn - a.turn)) {
      if (heard.some((one) => one.tick <= note.tick && note.tick < one.tick + one.ticks)) continue;
      const later = heard.filter((one) => one.tick > note.tick).map((one) => one.tick);
      const until = Math.min(note.tick + note.ticks, (Math.floor(note.tick / bar) + 1) * bar, ...later);
      heard.push({ note, tick: note.tick, ticks: until - note.tick, pitch: note.pitch });
    }
    return heard.sort((a, b) => a.tick - b.tick);
  }

  function begin() {
    past.push(list);
    future.length = 0;
  }

  // How long a note of `sounding` stays when it moves: what others cover of it is gone, what the bar line cuts off is not.
  function length({ note, tick, ticks }) {
    return ticks < Math.min(note.ticks, (Math.floor(tick / bar) + 1) * bar - tick) ? ticks : note.ticks;
  }

  // Gives the note as it is now. `change`: { tick, ticks, pitch }, of which any may be left out.
  function put(note, change) {
    const tick = clamp(change.tick ?? note.tick, 0, end - STEP);
    const ticks = clamp(change.ticks ?? note.ticks, STEP, bar);
    const pitch = clamp(change.pitch ?? note.pitch, ...REACH);
    const next = { tick, ticks, pitch, turn: (touched += 1) };
    list = list.map((one) => (one === note ? next : one));
    return next;
  }

  function add(tick, ticks, pitch) {
    const note = { tick: clamp(tick, 0, end - STEP), ticks, pitch: clamp(pitch, ...REACH), turn: (touched += 1) };
    list = [...list, note];
    return note;
  }

  const remove = (note) => (list = list.filter((one) => one !== note));

  function step(from, to) {
    if (!from.length) return false;
    to.push(list);
    list = from.pop();
    return true;
  }

  return {
    sounding, length, begin, put, add, remove,
    undo: () => step(past, future), redo: () => step(future, past),
    back: () => (list = past.pop()), // the step that was begun did not happen
    get undoable() { return past.length > 0; },
    get redoable() { return future.length > 0; },
    numbers: () => sounding().map(({ tick, ticks, pitch }) => [tick, ticks, pitch]),
  };
}

const snapped = (tick) => Math.round(tick / STEP) * STEP;

// In words.
const NAMED = ["C", "C sharp", "D", "E flat", "E", "F", "F sharp", "G", "A flat", "A", "B flat", "B"];
const pitchName = (pitch) => `${NAMED[pitch % 12]} ${Math.floor(pitch / 12) - 1}`;
const LASTING = { 2: "a triplet sixteenth", 4: "a triplet eighth", 8: "a triplet quarter", 16: "a triplet half", 3: "a sixteenth", 6: "an eighth", 9: "a dotted eighth", 12: "a quarter", 18: "a dotted quarter", 24: "a half", 36: "a dotted half", 48: "a whole" };
const lasting = (ticks) => LASTING[ticks] ?? `${Math.round((ticks / STEP) * 10) / 10} sixteenths`;

function placed(tick, bar) {
  const beat = (tick % bar) / QUARTER + 1;
  return `bar ${Math.floor(tick / bar) + 1}, beat ${Math.round(beat * 100) / 100}`;
}
