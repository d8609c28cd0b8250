// Calls `ask` with what `read` gives, once that is new and has stood still for a moment; at most twice a second.
function whenPaused(read, ask) {
  let seen = null; // a moment ago
  let asked = null;
  const timer = setInterval(() => {
    if (!element.isConnected) return clearInterval(timer);
    const now = read();
    const still = now === seen;
    seen = now;
    if (now === null || !still || now === asked) return;
    asked = now;
    ask(now, () => asked === now);
  }, 500);
}
