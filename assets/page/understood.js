// Tells what the words of the prompt ask of a tune, once a person pauses. Every text is set as text.
const box = () => element.closest(".tab").querySelector(".prompt textarea");
const fill = (name, texts) =>
  element.querySelector(name).replaceChildren(...texts.map((text) => make("li", { textContent: text })));

whenPaused(() => (box()?.offsetParent ? box().value : null), async (text, newest) => {
  const found = await server.understood(text);
  if (!newest()) return;
  fill(".said", found?.chips ?? []);
  fill(".left-out", found?.left_out ?? []);
});
