// Sounds one note, so that one hears what one does. The deck knows the speakers.
function tone(pitch) {
  const speakers = listening();
  const now = speakers.currentTime;
  const level = new GainNode(speakers, { gain: 0 });
  const voice = new OscillatorNode(speakers, { type: "triangle", frequency: 440 * 2 ** ((pitch - 69) / 12) });
  level.gain.setValueAtTime(0, now);
  level.gain.linearRampToValueAtTime(0.25, now + 0.01);
  level.gain.exponentialRampToValueAtTime(0.001, now + 0.5);
  voice.connect(level).connect(speakers.destination);
  voice.start(now);
  voice.stop(now + 0.5);
}
