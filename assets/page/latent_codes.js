// The grid of codes over a picture: one takes up a code and paints with it. Knows no model.
const CODE_STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function codeGrid(changed, say) {
  let codes = []; // as they were last drawn, a list a row
  let brush = null; // the code that is painted with
  const changes = new Map(); // "row column" -> code
  const grid = make("div", { className: "codes", role: "group", ariaLabel: "Codes", hidden: true });
  const number = make("input", { type: "number", min: "0", step: "1", ariaLabel: "Code to paint with" });
  const toggle = make("button", { type: "button", className: "chip", textContent: "Codes", ariaPressed: "false", title: "See and change the codes that spell this picture" });
  const undo = make("button", { type: "button", className: "chip", textContent: "Undo changes", hidden: true });
  const tools = make("span", { className: "code-tools", hidden: true }, make("label", {}, "Paint with ", number), undo);
  const bar = make("div", { className: "code-bar" }, toggle, tools);

  toggle.onclick = () => {
    grid.hidden = tools.hidden = !grid.hidden;
    toggle.ariaPressed = String(!grid.hidden);
    if (!grid.hidden) say("Press a patch to take up its code, then others to paint with it.");
  };
  undo.onclick = () => (changes.clear(), (undo.hidden = true), toggle.focus(), changed());
  number.onchange = () => (brush = number.value === "" ? null : Math.max(0, Math.round(Number(number.value)) || 0));

  function use(row, column) {
    if (brush === null) {
      brush = codes[row][column];
      number.value = brush;
      say(`Code ${brush}: press other patches to paint with it.`);
      return;
    }
    changes.set(`${row} ${column}`, brush);
    undo.hidden = false;
    changed();
  }
  function cell(row, column) {
    const button = make("button", { type: "button", className: "code", tabIndex: row || column ? -1 : 0, onclick: () => use(row, column) });
    button.onkeydown = (event) => {
      const [down, right] = CODE_STEPS[event.key] ?? [];
      const next = down === undefined ? null : grid.querySelector(`[data-at="${row + down} ${column + right}"]`);
      if (down !== undefined) event.preventDefault();
      if (!next) return;
      button.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    };
    button.dataset.at = `${row} ${column}`;
    return button;
  }
  function show(now) {
    if (!now) return;
    if (now.length !== codes.length) {
      grid.style.setProperty("--columns", now[0].length);
      grid.replaceChildren(...now.flatMap((codes, row) => codes.map((_, column) => cell(row, column))));
    }
    codes = now;
    for (const button of grid.children) {
      const [row, column] = button.dataset.at.split(" ");
      button.textContent = codes[row][column];
      button.ariaLabel = `Row ${Number(row) + 1}, column ${Number(column) + 1}: code ${codes[row][column]}`;
      button.toggleAttribute("data-changed", changes.has(button.dataset.at));
    }
  }
  const text = () => [...changes].map(([place, code]) => `${place} ${code}`).join("\n");
  function set(text) {
    changes.clear();
    for (const line of text.split("\n").filter(Boolean)) {
      const [row, column, code] = line.replaceAll(",", " ").trim().split(/\s+/);
      changes.set(`${row} ${column}`, Number(code));
    }
    undo.hidden = !changes.size;
  }
  return { grid, bar, show, text, set };
}
