// How a picture came about: a slider over its steps, from noise to picture. Knows no stage.
const THINKING = "It begins as noise. At each step the model guesses the picture behind it, as the words ask for, and takes a part of the noise away: first where things are, last the edges.";

// `look` is told the address of what is to be seen in the picture's place; the last step is the picture itself.
function thinking(picture, look) {
  const steps = picture.trace.length;
  const said = make("span", { className: "at" });
  const slider = make("input", { type: "range", min: "0", max: String(steps), step: "1", value: String(steps), ariaLabel: "Step of the picture" });
  const at = () => {
    const place = Number(slider.value);
    const words = place === 0 ? "noise" : place === steps ? "the picture" : `${Math.round((100 * place) / steps)} % of the way`;
    said.textContent = slider.ariaValueText = words;
    look(place === steps ? null : picture.trace[place]);
  };
  slider.oninput = at;
  at();
  return make("div", { className: "thinking" }, make("div", { className: "line" }, slider, said), make("p", { textContent: THINKING }));
}
