// Tells how many tokens are in the prompt, once a person pauses.
const tab = element.closest(".tab");

function read() {
  const box = tab.querySelector(".prompt textarea");
  return box?.offsetParent ? JSON.stringify({ model: props.value.model, text: (tab.askSaid?.() ?? "") + box.value }) : null;
}

function tell(found) {
  const line = element.querySelector(".counter");
  line.textContent = found ? `${found.tokens}${found.context ? ` of ${found.context}` : ""} tokens` : "";
  line.toggleAttribute("data-over", Boolean(found?.context && found.tokens > found.context));
}

whenPaused(read, async (asked, newest) => {
  const found = await server.count(JSON.parse(asked));
  if (newest()) tell(found);
});
