// A text token by token: shades, and moving among them by pointer and keys. Knows no server.
// How surprising, from 0 for certain to 1 for one in a thousand.
const surprise = (probability) => Math.min(1, Math.max(0, -Math.log10(Math.max(probability, 1e-9)) / 3));
const bucket = (rank) => (rank === 0 ? 0 : rank < 10 ? 1 : rank < 100 ? 2 : 3);
const spoken = (token) => `${visible(token.text)}, ${percent(token.probability)}, ${ranked(token.rank)}`;

function span(token, index) {
  if (token.text === "") return []; // a part of a character that a later token brings
  if (token.plain || !token.alternatives?.length) return [make("span", { className: "plain", textContent: token.text })];
  const [, space, body] = token.text.match(/^([^\S\n]*)([^]*)$/);
  const element = shaded(token, index, body || space);
  if (body && !/[^\n]/.test(body)) element.classList.add("newline");
  return body && space ? [space, element] : [element];
}

function shaded(token, index, text) {
  const element = make("span", { className: token.chosen ? "token chosen" : "token", textContent: text });
  element.dataset.index = index;
  element.dataset.rank = bucket(token.rank);
  element.style.setProperty("--s", surprise(token.probability).toFixed(2));
  return element;
}

// Add what is new to a column; the rest stays as it is, and so does the keyboard's place.
function drawTokens(column, node) {
  const place = column.querySelector(".tokens");
  if (node.cut) {
    node.cut = false;
    column.drawn = 0;
    place.replaceChildren();
  }
  place.append(...node.tokens.slice(column.drawn).flatMap((token, offset) => span(token, column.drawn + offset)));
  column.drawn = node.tokens.length;
  const last = node.tokens.at(-1);
  if (node.text !== null && last?.text === "" && last.alternatives?.length && !place.querySelector(".end")) {
    const end = shaded(last, node.tokens.length - 1, ""); // the model chose to end here, and might have gone on
    end.classList.add("end");
    place.append(end);
  }
  const all = place.querySelectorAll(".token");
  if (all.length && !place.querySelector(".token[tabindex]")) mark(all[0], node);
}

// The one token that Tab reaches, as a button that says what it is.
function mark(element, node) {
  const before = element.parentElement.querySelector(".token[tabindex]");
  if (before === element) return; // without its tabindex it would lose the keyboard
  for (const name of ["tabindex", "role", "aria-label", "aria-haspopup", "aria-expanded"]) before?.removeAttribute(name);
  element.tabIndex = 0;
  element.role = "button";
  element.ariaLabel = spoken(node.tokens[element.dataset.index]);
  element.ariaHasPopup = "listbox";
  element.ariaExpanded = "false";
}

// The token in the line above or below that is nearest.
function vertical(all, current, down) {
  const from = current.getBoundingClientRect();
  let best = null;
  for (const one of all) {
    const spot = one.getBoundingClientRect();
    const gap = down ? spot.top - from.top : from.top - spot.top;
    if (gap < from.height / 2) continue;
    const far = gap * 100 + Math.abs(spot.left - from.left);
    if (!best || far < best.far) best = { one, far };
  }
  return best?.one;
}

function moveByKeys(place, nodeOf, panel) {
  place.addEventListener("keydown", (event) => {
    const current = event.target.closest?.(".token");
    if (!current) return;
    const all = [...current.parentElement.querySelectorAll(".token")];
    const index = all.indexOf(current);
    let to = null;
    if (event.key === "ArrowRight") to = all[index + 1];
    else if (event.key === "ArrowLeft") to = all[index - 1];
    else if (event.key === "ArrowDown") to = vertical(all, current, true);
    else if (event.key === "ArrowUp") to = vertical(all, current, false);
    else if (event.key === "Home") to = all[0];
    else if (event.key === "End") to = all.at(-1);
    else if (event.key === "Escape") panel.close(false);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === " ") panel.enter();
    else return;
    event.preventDefault();
    if (!to) return;
    mark(to, nodeOf(to));
    to.focus();
  });
}

function moveByPointer(river, place, look, panel) {
  let timer = 0;
  const later = (wait, act) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
  const busy = () => river.querySelector(".alternatives").contains(document.activeElement);
  river.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const token = event.target.closest(".token");
    if (token && place.contains(token)) later(120, () => busy() || look(token));
    else if (panel.holds(event.target)) clearTimeout(timer);
    else later(250, () => busy() || document.activeElement?.matches(".token") || panel.close(false));
  });
  river.addEventListener("pointerleave", () => later(250, () => busy() || panel.close(false)));
  place.addEventListener("focusin", (event) => event.target.matches(".token") && look(event.target));
  place.addEventListener("click", (event) => {
    const token = event.target.closest(".token");
    if (!token) return;
    clearTimeout(timer);
    look(token);
    token.focus({ preventScroll: true });
  });
  const away = (event) => event.target.closest?.(".token, .alternatives") || panel.close(false);
  document.addEventListener("pointerdown", away);
  document.addEventListener("focusin", away);
}
