// What all tabs share in the browser: keys, chips, dropping a file anywhere, light and dark. Knows no tab.
(() => {
  const tab = () => [...document.querySelectorAll(".tab")].find((one) => one.offsetParent !== null);
  const press = (from, name) => from?.querySelector(`.${name}-button`)?.click();
  const working = (one) => one?.hasAttribute("data-working");

  function copyOldWay(text) {
    // Without https, which a classroom's own network rarely has, this is the only way.
    const box = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(box);
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    return copied;
  }
  window.playground = {
    said: {}, // by the forms of tabs that may not be there yet, when they say what they hold
    formSays(tab, names, values) {
      this.said[tab] = Object.fromEntries(names.map((name, index) => [name, values[index]]));
      document.getElementById(tab)?.dispatchEvent(new Event("formsaid"));
    },
    copy: (text) =>
      navigator.clipboard
        ? navigator.clipboard.writeText(text).then(() => true, () => copyOldWay(text))
        : Promise.resolve(copyOldWay(text)),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      const place = event.target.closest?.(".editing"); // of the text, or the tune, that is being edited
      const own = place?.querySelector("[data-makes]") ?? place?.querySelector("button");
      if (own) own.click();
      else if (!working(tab())) press(tab(), "make");
    } else if (event.key === "Escape" && working(tab()) && !event.target.closest?.(":is(.saving, .comparing)[open]")) {
      press(tab(), "stop");
    }
  }, true);
  document.addEventListener("make", (event) => working(event.target) || press(event.target, "make"));

  function write(text) {
    const box = tab().querySelector(".prompt textarea");
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }
  document.addEventListener("click", (event) => {
    const chip = event.target.closest?.("[data-prompt], [data-word]");
    if (!chip) return;
    const before = tab().querySelector(".prompt textarea").value.trimEnd();
    write(chip.dataset.prompt ?? (before ? `${before} ${chip.dataset.word}` : chip.dataset.word));
  });

  const hasFile = (data) => [...(data?.types ?? [])].includes("Files");
  const mark = (on) => document.body.toggleAttribute("data-dropping", on);
  function take(event, data) {
    const input = tab()?.querySelector(".drop input[type=file]");
    if (!input || !data.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    const one = new DataTransfer();
    one.items.add(data.files[0]);
    input.files = one.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  document.addEventListener("dragover", (event) => {
    if (!hasFile(event.dataTransfer)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || mark(false));
  document.addEventListener("drop", (event) => {
    mark(false);
    if (!hasFile(event.dataTransfer)) return;
    if (event.target.closest?.(".clip, .slot, .paper, .image-start")) event.preventDefault(); // which takes it itself, and once full nothing
    else take(event, event.dataTransfer);
  }, true);
  document.addEventListener("paste", (event) => {
    const data = event.clipboardData; // word processors add a picture of the text
    if (hasFile(data) && !data.types.includes("text/plain")) take(event, data);
  });

  // The person's choice wins over the system's, which Gradio sets when it starts and whenever that changes.
  const remembered = "playground-theme";
  const isDark = () => document.body.classList.contains("dark");
  let choice = localStorage.getItem(remembered);
  const keep = () => choice && isDark() !== (choice === "dark") && document.body.classList.toggle("dark");
  const watchOver = () => {
    new MutationObserver(keep).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    keep();
  };
  if (document.body) watchOver();
  else addEventListener("DOMContentLoaded", watchOver);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".theme-button")) return;
    choice = isDark() ? "light" : "dark";
    localStorage.setItem(remembered, choice);
    keep();
  });
})();
