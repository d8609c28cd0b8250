// Tells what the words of the prompt ask of a tune, once a person pauses: chips, which change those words. Every text is
// set as text.
const tab = element.closest(".tab");
const box = () => tab.querySelector(".prompt textarea");
const understands = () => tab.querySelector(".wishes .mood"); // a model that makes sound has no such wishes
const part = (name) => element.querySelector(name);
const ANY = "any"; // stands for taking the words away

// The prompt with `words` where `chip` was understood.
function reworded(text, chip, words) {
  const letters = [...text]; // as the server counts them: an emoji is one
  const before = letters.slice(0, chip.place[0]).join("");
  const after = letters.slice(chip.place[1]).join("");
  if (words === ANY) return (before.replace(/\s*(,|\bin|\bon the|\bwith|\bat)?\s*$/i, "") + after).trim();
  const article = /^[aeiou]/i.test(words) ? "an " : "a ";
  return before.replace(/\b(a|an) $/, article) + words + after;
}

function chipOf(chip, text) {
  const choices = [...new Set([chip.said, ...chip.choices])];
  const select = make("select", { ariaLabel: chip.name, title: `Change the ${chip.name.toLowerCase()}` });
  select.append(...choices.map((words) => make("option", { textContent: words, value: words })));
  select.append(make("option", { textContent: "take it out", value: ANY }));
  select.onchange = () => {
    if (box().value !== text) return;
    box().value = reworded(text, chip, select.value);
    box().dispatchEvent(new Event("input", { bubbles: true }));
  };
  return make("li", {}, select);
}

whenPaused(() => (box()?.offsetParent ? (understands() ? box().value : "") : null), async (text, newest) => {
  const found = (await server.understood(text)) ?? { chips: [], left_out: [] };
  if (!newest()) return;
  const used = element.contains(document.activeElement) ? document.activeElement.ariaLabel : null;
  part(".said").replaceChildren(...found.chips.map((chip) => chipOf(chip, text)));
  if (used) part(`select[aria-label="${used}"]`)?.focus();
  part(".aloud").textContent = found.chips.length ? "Understood: " + found.chips.map((chip) => chip.said).join(", ") : "";
  part(".left-out").replaceChildren(...found.left_out.map((sentence) => make("li", { textContent: sentence })));
});
