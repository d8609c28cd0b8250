// Tells how many tokens are in the prompt, once a person pauses; asks the server no more than twice a second.
const tab = element.closest(".tab");
let seen = ""; // the text a moment ago
let counted = null; // the text that was counted

async function look() {
  const box = tab.querySelector(".prompt textarea");
  if (!box?.offsetParent) return;
  const text = (tab.askSaid?.() ?? "") + box.value;
  const key = props.value.model + text;
  const still = text === seen;
  seen = text;
  if (!still || key === counted) return;
  counted = key;
  const found = await server.count({ model: props.value.model, text });
  if (counted === key) tell(found);
}

function tell(found) {
  const line = element.querySelector(".counter");
  line.textContent = found ? `${found.tokens}${found.context ? ` of ${found.context}` : ""} tokens` : "";
  line.toggleAttribute("data-over", Boolean(found?.context && found.tokens > found.context));
}

const timer = setInterval(() => (element.isConnected ? look() : clearInterval(timer)), 500);
