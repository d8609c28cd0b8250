// Melodies on the Latent space tab: the roll of a family that follows the hand, and the small ones of points and of what
// was kept. Knows no server; roll.js draws.

// The roll of a melody: { node, show(roll, words) }.
function rollSeen() {
  const canvas = make("canvas", { role: "img", ariaLabel: "No melody yet" });
  const node = make("div", { className: "canvas" }, canvas);
  const roll = pianoRoll(canvas);
  new ResizeObserver(roll.draw).observe(node);
  new MutationObserver(roll.draw).observe(document.body, { attributes: true, attributeFilter: ["class"] }); // light and dark
  return { node, show: (next, words) => (roll.show(next), (canvas.ariaLabel = words)) };
}

// The melody alone, as small as a button.
function smallRoll({ seconds, tracks: [{ notes }] }) {
  const drawn = (name, attributes, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  const pitches = notes.map((note) => note[2]);
  const low = Math.min(...pitches, 60);
  const high = Math.max(...pitches, low + 14);
  const bars = notes.map(([start, length, pitch]) =>
    drawn("rect", { x: (start / seconds) * 100 + 0.5, width: Math.max(2, (length / seconds) * 100 - 1), y: 8 + ((high - pitch) / (high - low)) * 78, height: 6, rx: 2 }));
  return drawn("svg", { class: "small-roll", viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" }, ...bars);
}

// The point of a melody that was kept.
function pointOfMelody({ alt, roll, facts }) {
  const text = btoa(String.fromCharCode(...new TextEncoder().encode(facts.abc)));
  return { line: `tune ${text}`, name: `kept: ${alt}`.slice(0, 60), image: "", roll };
}

// How it is heard: round and round, as soon as it is there.
const heardMelody = (work) => make("audio", { src: served(work.file), controls: true, loop: work.way !== "walk", ariaLabel: work.alt });
