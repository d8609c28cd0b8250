// Plays a tune, round and round without a gap if asked, and takes parts out of it. Knows no page, no notes, no server.
// A pass is once through the tune: its last sounds ring on while the next pass begins at the bar line.
const RATE = 44100;
const SOON = 0.03; // seconds: what begins at once begins so much later, so that all of it begins together
const SOFT = 0.005; // seconds in which a level gets a good way to another: no click, and at once to the ear
let speakers = null; // one for all tunes, since browsers allow few
let heard = null; // the deck that plays
let wished = null; // the deck that was asked to play last, if its sound is there or not

// To be called where a person has just pressed something: browsers keep silent before.
function listening() {
  if (navigator.audioSession) navigator.audioSession.type = "playback"; // else a phone's silent switch silences music
  speakers ??= new AudioContext({ sampleRate: RATE });
  if (speakers.state !== "running") speakers.resume();
  return speakers;
}

async function decoded(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new OfflineAudioContext(2, 1, RATE).decodeAudioData(await answer.arrayBuffer());
}

const frame = (seconds) => Math.round(seconds * RATE) / RATE; // parts cancel out only where their samples fall together

// `url` of the whole sound, `length` of the tune in seconds without what rings on, `changed` is told when it begins or ends.
function deck(url, length, changed) {
  let whole = null; // promise of the sound
  let at = 0; // where it rests
  let round = false;
  let run = null; // what is heard: a level for each voice, and the passes that are under way or about to be
  const voices = []; // { buffer, level }: the whole, then parts that are added or taken out
  const me = { play, pause, go, loop, place, sound, part, levels, end, get playing() { return run !== null; } };

  function sound() {
    whole ??= decoded(url).catch((error) => ((whole = null), Promise.reject(error)));
    return whole;
  }

  function begin(from) {
    const out = new GainNode(speakers);
    out.connect(speakers.destination);
    run = { out, gains: [], passes: [] };
    voices.forEach(hang);
    const now = frame(speakers.currentTime + SOON);
    pass(now - from, now);
    ahead();
  }

  function hang(voice) {
    const gain = new GainNode(speakers, { gain: voice.level });
    gain.connect(run.out);
    run.gains.push(gain);
  }

  // `start` is when the first note is or would have been.
  function pass(start, now) {
    const one = { start, sources: [] };
    run.passes.push(one);
    voices.forEach((voice, index) => sing(one, index, now));
    const [of, first] = [run, one.sources[0]];
    first.onended = () => of === run && over(one);
  }

  function sing(one, index, now) {
    const { buffer } = voices[index];
    const source = new AudioBufferSourceNode(speakers, { buffer });
    source.connect(run.gains[index]);
    const from = Math.max(0, now - one.start);
    source.start(Math.max(now, one.start), from, Math.max(0, Math.min(buffer.duration, length * 1.9) - from));
    one.sources.push(source);
  }

  // The next pass is set up while this one is under way, so that it begins on the very sample.
  function ahead() {
    const last = run.passes.at(-1);
    const now = frame(speakers.currentTime + SOON);
    if (round && last.start <= now) pass(Math.max(now, frame(last.start + length)), now);
  }

  function over(one) {
    run.passes.splice(run.passes.indexOf(one), 1);
    if (run.passes.length) ahead();
    else rest(length);
  }

  function rest(where) {
    at = where;
    if (!run) return;
    const { out, passes } = run;
    run = null;
    if (heard === me) heard = null;
    out.gain.setTargetAtTime(0, speakers.currentTime, SOFT);
    passes.forEach((one) => one.sources.forEach((source) => source.stop(speakers.currentTime + 10 * SOFT)));
    changed();
  }

  function place() {
    if (!run) return at;
    const now = speakers.currentTime;
    const one = run.passes.findLast((one) => one.start <= now) ?? run.passes[0];
    return Math.max(0, Math.min(length, now - one.start));
  }

  async function play() {
    listening();
    wished = me;
    const buffer = await sound();
    if (run || whole === null || wished !== me) return; // it plays, its card has gone, or another is to play
    if (!voices.length) voices.push({ buffer, level: 1 });
    if (heard) heard.pause();
    heard = me;
    begin(at >= length ? 0 : frame(at));
    changed();
  }

  function pause() {
    rest(place());
  }

  function go(seconds) {
    const where = Math.max(0, Math.min(length, seconds));
    const going = run !== null;
    rest(where);
    if (!going) return;
    heard = me;
    begin(frame(where));
    changed();
  }

  function loop(on) {
    round = on;
    if (!run) return;
    const now = speakers.currentTime;
    if (on) return ahead();
    const later = run.passes.filter((one) => one.start > now);
    run.passes = run.passes.filter((one) => one.start <= now);
    later.forEach((one) => one.sources.forEach((source) => ((source.onended = null), source.stop())));
  }

  // Adds a part of the sound, silent at first; its number is for `levels`.
  async function part(partUrl) {
    const [buffer, all] = await Promise.all([decoded(partUrl), sound()]);
    if (!voices.length) voices.push({ buffer: all, level: 1 });
    const index = voices.push({ buffer, level: 0 }) - 1;
    if (run) {
      hang(voices[index]);
      const now = frame(speakers.currentTime + SOON);
      run.passes.forEach((one) => sing(one, index, now));
    }
    return index;
  }

  // How loud each voice is, by its number; -1 takes a part out of the whole.
  function levels(wanted) {
    voices.forEach((voice, index) => {
      voice.level = wanted[index] ?? 0;
      run?.gains[index].gain.setTargetAtTime(voice.level, speakers.currentTime + SOON, SOFT);
    });
  }

  // Nothing more is wanted of it.
  function end() {
    pause();
    whole = null;
    voices.splice(0);
  }

  return me;
}
