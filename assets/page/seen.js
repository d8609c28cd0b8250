// A fold under a tune that shows its sound, waveform over spectrogram; nothing is computed before it is opened.
const [LOWEST, HIGHEST_SEEN] = [30, 16000]; // Hz
const [COLUMNS, ROWS] = [900, 170];
const MARGIN = { left: 46, bottom: 20, wave: 64, gap: 8, height: 270 }; // pixels
const HERTZ = [50, 100, 200, 500, 1000, 2000, 5000, 10000];
const hertz = (value) => (value < 1000 ? `${Math.round(value)} Hz` : `${+(value / 1000).toFixed(1)} kHz`);

// `acts`: sound(), a promise of an AudioBuffer; go(seconds).
function soundSeen(acts) {
  const canvas = make("canvas", { role: "img", ariaLabel: "The sound" });
  const cursor = make("i", { className: "cursor" });
  const note = make("p", { className: "note", textContent: "Looking at the sound." });
  const frame = make("div", { className: "picture", hidden: true }, canvas, cursor);
  const fold = make("details", { className: "seen" }, make("summary", { textContent: "See the sound" }), note, frame);
  let seen = null; // { seconds, wave, levels, loudest }
  let place = 0;

  async function look() {
    if (!fold.open || seen) return;
    try {
      const buffer = await acts.sound();
      const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) => buffer.getChannelData(index));
      const levels = await spectrogram(channels, buffer.sampleRate, COLUMNS, ROWS, LOWEST, HIGHEST_SEEN);
      const loudest = levels.reduce((most, column) => column.reduce((a, b) => Math.max(a, b), most), 0); // or it is silence
      seen = { seconds: buffer.duration, wave: waveform(channels, COLUMNS), levels, loudest };
    } catch {
      note.textContent = "The sound cannot be shown here: download it.";
      return;
    }
    note.hidden = true;
    frame.hidden = false;
    canvas.ariaLabel = inWords(seen);
    draw();
  }

  const inner = () => canvas.clientWidth - MARGIN.left;

  function draw() {
    if (!seen || !canvas.clientWidth) return;
    const sharp = Math.min(3, devicePixelRatio || 1);
    canvas.width = Math.round(canvas.clientWidth * sharp);
    canvas.height = Math.round(MARGIN.height * sharp);
    const pen = canvas.getContext("2d");
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    const style = getComputedStyle(canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    const top = MARGIN.wave + MARGIN.gap;
    const area = { left: MARGIN.left, top, width: inner(), height: MARGIN.height - top - MARGIN.bottom };
    drawWave(pen, seen, area, colour("--voice-1"));
    pen.imageSmoothingEnabled = true;
    pen.drawImage(heat(seen, [0, 1, 2, 3, 4].map((step) => colour(`--heat-${step}`))), area.left, area.top, area.width, area.height);
    drawAxes(pen, seen, area, colour("--faded"), style.fontFamily);
    at(place);
  }

  // Where the tune is.
  function at(seconds) {
    place = seconds;
    if (seen) cursor.style.transform = `translateX(${MARGIN.left + (Math.min(1, place / seen.seconds) * inner())}px)`;
  }

  fold.ontoggle = look;
  canvas.onclick = (event) => acts.go(((event.offsetX - MARGIN.left) / inner()) * seen.seconds);
  return { fold, draw, at };
}

function drawWave(pen, seen, area, ink) {
  const [middle, most] = [MARGIN.wave / 2, Math.max(0.05, ...seen.wave.map(([low, high]) => Math.max(-low, high)))];
  pen.fillStyle = ink;
  seen.wave.forEach(([low, high], column) => {
    const [up, down] = [(high / most) * middle, (-low / most) * middle];
    pen.fillRect(area.left + (column / COLUMNS) * area.width, middle - up, area.width / COLUMNS + 0.3, Math.max(1, up + down));
  });
}

// The spectrogram as a small picture, a pixel for each band and moment.
function heat(seen, steps) {
  const pixels = document.createElement("canvas");
  [pixels.width, pixels.height] = [COLUMNS, ROWS];
  const pen = pixels.getContext("2d");
  const ramp = pen.createLinearGradient(0, 0, 256, 0);
  steps.forEach((ink, step) => ramp.addColorStop(step / (steps.length - 1), ink));
  pen.fillStyle = ramp;
  pen.fillRect(0, 0, 256, 1);
  const table = pen.getImageData(0, 0, 256, 1).data;
  const image = pen.createImageData(COLUMNS, ROWS);
  seen.levels.forEach((column, x) => column.forEach((level, row) => {
    const step = Math.max(0, Math.min(255, Math.round(((level - seen.loudest - FLOOR) / -FLOOR) * 255)));
    image.data.set(table.subarray(4 * step, 4 * step + 4), 4 * ((ROWS - 1 - row) * COLUMNS + x));
  }));
  pen.putImageData(image, 0, 0);
  return pixels;
}

function drawAxes(pen, seen, area, ink, font) {
  Object.assign(pen, { font: `12px ${font}`, fillStyle: ink, textBaseline: "middle", textAlign: "right" });
  for (const value of HERTZ) {
    const y = area.top + area.height * (1 - Math.log(value / LOWEST) / Math.log(HIGHEST_SEEN / LOWEST));
    pen.fillText(hertz(value), area.left - 8, y);
    pen.fillRect(area.left - 5, Math.round(y), 5, 1);
  }
  const step = [1, 2, 5, 10, 20, 30, 60, 120].find((one) => (one / seen.seconds) * area.width > 52) ?? 300;
  Object.assign(pen, { textBaseline: "top", textAlign: "center" });
  for (let second = 0; second <= seen.seconds; second += step) {
    const x = area.left + (second / seen.seconds) * area.width;
    if (x < area.left + area.width - 12) pen.fillText(`${second} s`, Math.max(x, area.left + 8), area.top + area.height + 6);
  }
}

// For those who do not see it: where most of its power is.
function inWords(seen) {
  if (!seen.loudest) return `${Math.round(seen.seconds)} s of silence.`;
  const power = Array.from({ length: ROWS }, (_, row) => seen.levels.reduce((sum, column) => sum + 10 ** (column[row] / 10), 0));
  const total = power.reduce((sum, one) => sum + one, 0);
  const below = (share) => {
    let sum = 0;
    const row = power.findIndex((one) => (sum += one) >= share * total);
    return hertz(LOWEST * (HIGHEST_SEEN / LOWEST) ** ((row + 0.5) / ROWS));
  };
  return `Waveform and spectrogram of ${Math.round(seen.seconds)} s of sound. Nine tenths of its power lie between ${below(0.05)} and ${below(0.95)}.`;
}
