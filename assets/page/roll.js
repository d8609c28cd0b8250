// Draws a piano roll on a canvas, and says where a moment is on it; knows no sound and no server.
const HEAD = 26; // pixels for the chord names above the notes
const FOOT = 34; // for the drums below
const NARROW = 26; // pixels: bars narrower than this go on in another line
const DRAFT = [50, 90]; // pitches a melody may reach: the roll does not jump while it grows

// Colours of the tracks by their place; drums have their own. The CSS knows what they are by day and by night.
const hue = (track, index) => (track.drums ? "--drums" : `--voice-${Math.min(index, 5)}`);

function pianoRoll(canvas) {
  let roll = null;
  let shape = null; // how large everything is
  let quiet = []; // tracks that are not heard
  let desk = null; // how it is laid out to be edited: { barsALine, step: seconds, pitches, row: pixels a semitone }
  const pen = canvas.getContext("2d");

  function measure() {
    const width = canvas.clientWidth;
    const bars = Math.max(1, Math.round(roll.seconds / roll.bar));
    const barsALine = roll.wave ? bars : Math.min(bars, desk?.barsALine ?? inALine(bars, width));
    const lines = Math.ceil(bars / barsALine);
    const pitches = desk?.pitches ?? (roll.wave ? [0, 1] : pitchesOf(roll));
    const usual = (parseFloat(getComputedStyle(canvas).getPropertyValue("--line-height-of-roll")) || 300) * (roll.wave ? 0.45 : lines > 2 ? 0.7 : 1);
    const height = desk ? HEAD + (pitches[1] - pitches[0] + 1) * desk.row + 12 : usual;
    const span = barsALine * roll.bar;
    const drums = roll.tracks.some((track) => track.drums);
    return { width, bars, lines, height, span, drums, pitches };
  }

  const line = (seconds) => Math.min(shape.lines - 1, Math.floor(seconds / shape.span + 1e-6));
  const across = (seconds, row) => ((seconds - row * shape.span) / shape.span) * shape.width;

  function at(seconds) {
    const row = line(Math.min(seconds, roll.seconds));
    return { x: across(Math.min(seconds, roll.seconds), row), y: row * shape.height, height: shape.height };
  }

  function when(x, y) {
    const row = Math.max(0, Math.min(shape.lines - 1, Math.floor(y / shape.height)));
    return Math.max(0, Math.min(roll.seconds, (row + x / shape.width) * shape.span));
  }

  // Where a stretch of time is: a box for each line.
  function spans(from, to) {
    const boxes = [];
    for (let row = 0; shape && row < shape.lines; row += 1) {
      const [left, right] = [Math.max(0, across(from, row)), Math.min(shape.width, across(to, row))];
      if (right > left + 0.5) boxes.push({ x: left, y: row * shape.height, width: right - left, height: shape.height });
    }
    return boxes;
  }

  // The row, and what is needed to tell pitches from places in it.
  const rowAt = (row) => ({ ...shape, row, top: HEAD, bottom: shape.height - (shape.drums ? FOOT : 12), x: (seconds) => across(seconds, row) });
  const pitchAt = (y) => shape.pitches[0] + Math.floor((rowAt(0).bottom - (y % shape.height)) / height(rowAt(0)));

  // Where a note is, in the line it begins in.
  function noteBox([start, seconds, pitch]) {
    const row = line(start + 1e-6);
    const area = rowAt(row);
    const x = across(start, row);
    return { x, y: row * shape.height + level(pitch, area), width: Math.min(shape.width, across(start + seconds, row)) - x, height: height(area) };
  }

  const onChords = (y) => Boolean(shape) && !roll.wave && y % shape.height < HEAD;

  function draw() {
    if (!roll || !canvas.clientWidth) return;
    shape = measure();
    const sharp = Math.min(3, devicePixelRatio || 1);
    canvas.style.height = `${shape.height * shape.lines}px`;
    canvas.width = Math.round(shape.width * sharp);
    canvas.height = Math.round(shape.height * shape.lines * sharp);
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    const style = getComputedStyle(canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    for (let row = 0; row < shape.lines; row += 1) {
      pen.save();
      pen.translate(0, row * shape.height);
      pen.beginPath();
      pen.rect(0, 0, shape.width, shape.height);
      pen.clip();
      drawRow(row, colour, style.fontFamily);
      pen.restore();
    }
  }

  function drawRow(row, colour, font) {
    if (roll.wave) return drawOutline(pen, roll.wave, shape, colour("--voice-1"));
    const area = rowAt(row);
    if (desk) drawDesk(pen, area, colour, font, desk.step);
    drawBars(pen, roll, area, colour);
    drawChords(pen, roll, area, colour, font);
    for (let index = roll.tracks.length - 1; index >= 0; index -= 1) { // the melody on top
      const track = roll.tracks[index];
      (track.drums ? drawDrums : drawNotes)(pen, track, area, colour(hue(track, index)), index, quiet.includes(index) ? null : colour("--field"));
    }
  }

  const show = (next, laid = null) => (([roll, desk] = [next, laid]), draw());
  return { draw, at, when, spans, onChords, pitchAt, noteBox, show, pale: (next) => ((quiet = next), draw()) };
}

// Music without notes: of each column the lowest and the highest sample, from -100 to 100.
function drawOutline(pen, wave, area, ink) {
  const middle = area.height / 2;
  pen.fillStyle = ink;
  wave.forEach(([low, high], column) => {
    const [up, down] = [(high / 100) * (middle - 4), (-low / 100) * (middle - 4)];
    pen.fillRect((column / wave.length) * area.width, middle - up, area.width / wave.length + 0.3, Math.max(1, up + down));
  });
}

// How many bars stand in a line: all if they are wide enough, else lines of about the same length that end with a phrase.
function inALine(bars, width) {
  const most = Math.max(4, Math.floor(width / NARROW / 4) * 4);
  if (bars <= Math.max(4, width / NARROW)) return bars;
  return Math.ceil(bars / Math.ceil(bars / most) / 4) * 4;
}

// The pitches to be seen, the lowest and the highest.
function pitchesOf(roll) {
  const pitches = roll.tracks.filter((track) => !track.drums).flatMap((track) => track.notes.map((note) => note[2]));
  if (roll.tracks.length === 1) pitches.push(...DRAFT);
  const low = Math.min(...pitches, 60) - 2;
  return [low, Math.max(...pitches, low + 26) + 2];
}

const height = (area) => (area.bottom - area.top) / (area.pitches[1] - area.pitches[0] + 1);
const level = (pitch, area) => area.bottom - (pitch - area.pitches[0] + 1) * height(area);

function drawBars(pen, roll, area, colour) {
  const wide = area.width / (area.span / roll.bar);
  const count = Math.round(area.span / roll.bar);
  for (let bar = 0; bar < count; bar += 1) {
    pen.fillStyle = colour("--stripe");
    if (Math.floor((bar + area.row * count) / 4) % 2 === 1) pen.fillRect(bar * wide, 0, wide, area.height);
    pen.fillStyle = colour(bar % 4 ? "--bar" : "--fourth-bar");
    if (bar) pen.fillRect(Math.round(bar * wide), HEAD, 1, area.height - HEAD);
  }
  pen.fillStyle = colour("--bar");
  for (let pitch = 0; pitch < 128; pitch += 12) {
    if (pitch > area.pitches[0] && pitch < area.pitches[1]) pen.fillRect(0, Math.round(level(pitch, area) + height(area)), area.width, 1);
  }
  if (area.row) pen.fillRect(0, 0, area.width, 1);
}

// What helps to place a note: the black keys, the steps of the bar, the name of each C.
function drawDesk(pen, area, colour, font, step) {
  pen.fillStyle = colour("--stripe");
  for (let pitch = area.pitches[0]; pitch <= area.pitches[1]; pitch += 1) {
    if ([1, 3, 6, 8, 10].includes(pitch % 12)) pen.fillRect(0, level(pitch, area), area.width, height(area));
  }
  pen.fillStyle = colour("--bar");
  const first = Math.round((area.row * area.span) / step);
  for (let count = 0; count * step < area.span; count += 1) {
    pen.globalAlpha = (first + count) % 4 ? 0.4 : 1;
    pen.fillRect(Math.round((count * step * area.width) / area.span), HEAD, 1, area.bottom - HEAD);
  }
  pen.globalAlpha = 1;
  pen.font = `600 10px ${font}`;
  pen.textBaseline = "middle";
  pen.fillStyle = colour("--faded");
  for (let pitch = 12; pitch < 128; pitch += 12) {
    if (pitch >= area.pitches[0] && pitch <= area.pitches[1]) pen.fillText(`C${pitch / 12 - 1}`, 3, level(pitch, area) + height(area) / 2);
  }
}

function drawChords(pen, roll, area, colour, font) {
  pen.font = `700 12px ${font}`;
  pen.textBaseline = "middle";
  pen.fillStyle = colour("--ink");
  let free = 0; // where the last name ends: one that has no room is left out
  let last = "";
  for (const [start, name] of roll.chords) {
    const x = area.x(start) + 5;
    if (x < 0 || x > area.width) continue;
    if (name !== last && x >= free && x + pen.measureText(name).width <= area.width) {
      pen.fillText(name, x, HEAD / 2 + 1);
      free = x + pen.measureText(name).width + 5;
    }
    last = name;
  }
}

// Who accompanies is paler, on the colour of the paper so that no two mix to one that nobody plays; what lies on top is
// thinner, so that both are seen where two play the same. Without `paper` a track is not heard, and hardly seen.
function drawNotes(pen, track, area, tint, index, paper) {
  const thick = index ? Math.max(Math.min(5.6, 2 + 1.2 * index), Math.min(1, 0.3 + 0.25 * index) * height(area)) : Math.max(7, height(area) - 0.5);
  for (const [start, seconds, pitch] of track.notes) {
    const [left, right] = [area.x(start), area.x(start + seconds)];
    if (right <= 0 || left >= area.width) continue;
    pen.beginPath();
    pen.roundRect(left + 0.75, level(pitch, area) + (height(area) - thick) / 2, Math.max(2, right - left - 1.5), thick, Math.min(3, thick / 2));
    for (const [ink, strength] of paper === null ? [[tint, 0.18]] : index ? [[paper, 1], [tint, 0.7]] : [[tint, 1]]) {
      Object.assign(pen, { fillStyle: ink, globalAlpha: strength });
      pen.fill();
    }
  }
  pen.globalAlpha = 1;
}

// Bass drums low, hats and cymbals high, the rest between them.
function drawDrums(pen, track, area, tint, index, paper) {
  const lane = (pitch) => (pitch <= 36 ? 2 : pitch <= 41 ? 1 : 0);
  Object.assign(pen, { fillStyle: tint, globalAlpha: paper === null ? 0.22 : 1 });
  for (const [start, , pitch] of track.notes) {
    const x = area.x(start);
    if (x >= 0 && x < area.width) pen.fillRect(x + 0.75, area.height - FOOT + 9 + lane(pitch) * 7, lane(pitch) ? 3 : 2, 5);
  }
  pen.globalAlpha = 1;
}
