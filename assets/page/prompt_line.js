// Tells how the prompt is read, once a person pauses: its tokens with their weights, and notes. Every text is set as text.
const box = () => element.closest(".tab").querySelector(".prompt textarea");
const part = (name) => element.querySelector(name);

function tokenOf({ text, weight, read }) {
  const item = make("li", { textContent: text });
  if (weight !== 1) item.append(make("b", { textContent: "×" + weight }));
  if (weight !== 1) item.className = weight > 1 ? "more" : "less";
  if (!read) Object.assign(item, { className: "unread", title: "beyond what this model reads" });
  return item;
}

const asked = () => (box()?.offsetParent ? JSON.stringify({ model: props.value.model, text: box().value }) : null);

whenPaused(asked, async (told, newest) => {
  const found = (await server.read(JSON.parse(told))) ?? { count: "", tokens: [], notes: [] };
  if (!newest()) return;
  part(".count").textContent = found.count;
  part(".weighed").replaceChildren(...found.tokens.map(tokenOf));
  part(".told").replaceChildren(...found.notes.map((note) => make("li", { textContent: note })));
});
