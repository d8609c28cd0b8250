// Alt+Up in a prompt brings back what was asked before on this tab, Alt+Down what came after; kept for this visit.
(() => {
  const MOST = 50;
  let steps = 0; // how far back, in the box and at the text below
  let shown = null;
  let begun = ""; // what was being written when the first step back was made
  const name = (tab) => "playground-prompts-" + tab.id;
  const read = (tab) => JSON.parse(sessionStorage.getItem(name(tab)) ?? "[]");

  function remember(tab) {
    const text = tab.querySelector(".prompt textarea")?.value.trim();
    if (!text) return;
    const others = read(tab).filter((one) => one !== text);
    sessionStorage.setItem(name(tab), JSON.stringify([text, ...others].slice(0, MOST)));
    shown = null;
  }

  function write(box, text) {
    box.value = shown = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.setSelectionRange(text.length, text.length);
  }

  function step(box, back) {
    const before = read(box.closest(".tab"));
    if (box.value !== shown) [steps, begun] = [0, box.value];
    if (!steps && back && before[0] === box.value.trim()) steps = 1;
    const next = Math.max(0, Math.min(before.length, steps + (back ? 1 : -1)));
    if (next === steps) return;
    steps = next;
    write(box, steps ? before[steps - 1] : begun);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".make-button");
    if (button) remember(button.closest(".tab"));
  }, true);
  document.addEventListener("keydown", (event) => {
    const box = event.altKey && !event.ctrlKey && !event.metaKey && event.target.closest?.(".prompt textarea");
    if (!box || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    step(box, event.key === "ArrowUp");
  }, true);
})();
