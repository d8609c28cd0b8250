// What is in a sound, for the eye: its waveform and its spectrogram. Pure numbers; knows no page and nothing that draws.
const WINDOW = 4096; // samples that are looked at together: 93 ms at 44.1 kHz
const FLOOR = -75; // decibels below the loudest, where a spectrogram is dark

// The discrete Fourier transform of `re` + i `im`, in place; their length is a power of two.
function transform(re, im) {
  const count = re.length;
  for (let here = 1, there = 0; here < count; here += 1) {
    let bit = count >> 1;
    for (; there & bit; bit >>= 1) there ^= bit;
    there ^= bit;
    if (here < there) [re[here], re[there], im[here], im[there]] = [re[there], re[here], im[there], im[here]];
  }
  for (let size = 2; size <= count; size *= 2) {
    const [half, step] = [size / 2, (-2 * Math.PI) / size];
    for (let turn = 0; turn < half; turn += 1) {
      const [cos, sin] = [Math.cos(step * turn), Math.sin(step * turn)];
      for (let top = turn; top < count; top += size) {
        const low = top + half;
        const [real, imaginary] = [re[low] * cos - im[low] * sin, re[low] * sin + im[low] * cos];
        [re[low], im[low]] = [re[top] - real, im[top] - imaginary];
        [re[top], im[top]] = [re[top] + real, im[top] + imaginary];
      }
    }
  }
}

// Lowest and highest sample of each of so many stretches.
function waveform(channels, columns) {
  const wide = channels[0].length / columns;
  return Array.from({ length: columns }, (_, column) => {
    let [low, high] = [0, 0];
    for (const channel of channels) {
      for (let at = Math.floor(column * wide); at < (column + 1) * wide; at += 1) {
        if (channel[at] < low) low = channel[at];
        else if (channel[at] > high) high = channel[at];
      }
    }
    return [low, high];
  });
}

// How loud each band is at each moment, in decibels: `columns` arrays of `rows` bands, evenly spaced in octaves from
// `low` to `high` Hz. Left and right go through one transform, as its real and imaginary part.
async function spectrogram([left, right = left], rate, columns, rows, low, high) {
  const hann = Float64Array.from({ length: WINDOW }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / WINDOW));
  const [re, im, power] = [new Float64Array(WINDOW), new Float64Array(WINDOW), new Float64Array(WINDOW / 2)];
  const edge = (row) => (low * (high / low) ** (row / rows) * WINDOW) / rate;
  const found = [];
  for (let column = 0; column < columns; column += 1) {
    if (column % 50 === 49) await new Promise((go) => setTimeout(go)); // the page stays quick meanwhile
    const start = Math.round(((column + 0.5) / columns) * left.length - WINDOW / 2);
    for (let at = 0; at < WINDOW; at += 1) {
      re[at] = (left[start + at] ?? 0) * hann[at];
      im[at] = (right[start + at] ?? 0) * hann[at];
    }
    transform(re, im);
    for (let bin = 1; bin < WINDOW / 2; bin += 1) {
      power[bin] = re[bin] ** 2 + im[bin] ** 2 + re[WINDOW - bin] ** 2 + im[WINDOW - bin] ** 2;
    }
    found.push(Float32Array.from({ length: rows }, (_, row) => 10 * Math.log10(strongest(power, edge(row), edge(row + 1)) + 1e-9)));
  }
  return found;
}

// Of the bins between two places; where both lie between two bins, what a line between these says.
function strongest(power, from, to) {
  let most = 0;
  for (let bin = Math.ceil(from); bin <= to; bin += 1) most = Math.max(most, power[bin] ?? 0);
  if (most) return most;
  const bin = Math.floor(from);
  return power[bin] + ((from + to) / 2 - bin) * ((power[bin + 1] ?? 0) - power[bin]);
}
