// Plays the newest melody of a family round and round, so that one hears what the hand does. Knows no server.
const AHEAD = 0.12; // seconds that are planned: so much later a change is heard at most
const BEAT = 40; // milliseconds between two looks
let speakersOfLoops = null;
let sounding = null; // the loop that is heard: one at a time

function melodyLoop(say) {
  const button = make("button", { type: "button", className: "chip", textContent: "Listen", ariaPressed: "false" });
  let roll = null;
  let timer = null;
  let from = 0; // when the pass that is under way began
  let planned = 0; // until when all is planned
  const me = { stop };

  function note(pitch, start, length) {
    const level = new GainNode(speakersOfLoops, { gain: 0 });
    const voice = new OscillatorNode(speakersOfLoops, { type: "triangle", frequency: 440 * 2 ** ((pitch - 69) / 12) });
    const end = start + Math.max(0.08, length);
    level.gain.setValueAtTime(0, start);
    level.gain.linearRampToValueAtTime(0.22, start + 0.01);
    level.gain.exponentialRampToValueAtTime(0.06, end);
    level.gain.linearRampToValueAtTime(0, end + 0.04);
    voice.connect(level).connect(speakersOfLoops.destination);
    voice.start(start);
    voice.stop(end + 0.05);
  }
  function plan() {
    if (!button.isConnected) return stop();
    const now = speakersOfLoops.currentTime;
    const until = now + AHEAD;
    while (planned < until) {
      const end = Math.min(until, from + roll.seconds);
      for (const [start, length, pitch] of roll.tracks[0].notes) {
        if (from + start >= planned && from + start < end) note(pitch, Math.max(now, from + start), length);
      }
      planned = end;
      if (end === from + roll.seconds) from = end;
    }
  }
  function begin() {
    speakersOfLoops ??= new AudioContext();
    speakersOfLoops.resume();
    sounding?.stop();
    sounding = me;
    from = planned = speakersOfLoops.currentTime + 0.05;
    timer = setInterval(plan, BEAT);
    button.ariaPressed = "true";
    button.textContent = "Listening";
    say("The melody goes round while you move the puck.");
  }
  function stop() {
    clearInterval(timer);
    timer = null;
    if (sounding === me) sounding = null;
    button.ariaPressed = "false";
    button.textContent = "Listen";
  }
  // Another melody goes on where the last one was, at its own speed.
  function show(next) {
    if (timer !== null && roll && next.seconds !== roll.seconds) {
      const now = speakersOfLoops.currentTime;
      from = now - ((now - from) / roll.seconds) * next.seconds;
      planned = Math.max(now, Math.min(planned, from + next.seconds));
    }
    roll = next;
  }
  button.onclick = () => (timer === null ? roll && begin() : stop());
  return { button, show };
}
