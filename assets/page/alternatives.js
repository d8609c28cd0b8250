// The panel of what else could have come at a token: bars for three moments of the draw. Knows no tree.
function alternatives(panel, onChoose) {
  const list = panel.querySelector("ul");
  let origin = null; // the token's element
  let given = null; // { node, index, token }
  let returning = false; // whether focus goes back to a token, which then opens nothing

  const bar = (share, name) => {
    const cell = make("span", { className: "bar-cell " + name }, make("i"), make("b", { textContent: share || name !== "kept" ? percent(share) : "cut" }));
    cell.firstChild.style.width = `${Math.max(share * 100, share ? 1 : 0)}%`;
    return cell;
  };
  const canFork = (text) => text !== "" && !text.includes("\ufffd") && !/^<[|/]?\w.*>$/.test(text.trim());

  function row([text, raw, tempered, kept], index, all) {
    const cells = [make("span", { className: "word-cell", textContent: visible(text) }), bar(raw, "raw"), bar(tempered, "tempered"), bar(kept, "kept")];
    const item = make("li", { role: "option", tabIndex: -1, className: kept ? "" : "cut" }, ...cells);
    item.ariaSelected = String(index === Math.min(given.token.rank, all.length - 1)); // the one that came is always among them
    item.ariaLabel = `${visible(text)}: ${percent(raw)} as the model said, ${percent(tempered)} after temperature, ${kept ? percent(kept) : "cut away"}`;
    if (!canFork(text) || panel.hasAttribute("data-still")) item.ariaDisabled = "true";
    else item.onclick = () => choose(text, raw, item);
    return item;
  }

  function choose(text, raw, item) {
    const rank = [...list.children].indexOf(item);
    const chosen = { text, probability: raw, rank, alternatives: given.token.alternatives, chosen: true };
    close(true);
    onChoose(given.node, given.index, chosen);
  }

  function position() {
    if (!panel.offsetParent) return; // on a small screen it has a place of its own, at the bottom
    const around = panel.offsetParent.getBoundingClientRect();
    const spot = origin.getClientRects()[0] ?? origin.getBoundingClientRect();
    const left = Math.min(spot.left - around.left, around.width - panel.offsetWidth - 8);
    const below = spot.bottom - around.top + 6;
    const fits = spot.bottom + panel.offsetHeight + 12 < innerHeight || spot.top < panel.offsetHeight;
    panel.style.left = `${Math.max(8, left)}px`;
    panel.style.top = `${fits ? below : spot.top - around.top - panel.offsetHeight - 6}px`;
  }

  function open(element, node, index, still) {
    if (returning || (origin === element && !panel.hidden)) return;
    const token = node.tokens[index];
    if (!token?.alternatives?.length) return close(false);
    close(false);
    origin = element;
    given = { node, index, token };
    panel.toggleAttribute("data-still", still);
    panel.querySelector(".which").replaceChildren(
      make("strong", { textContent: visible(token.text) }),
      ` ${percent(token.probability)}, ${ranked(token.rank)}`,
    );
    panel.querySelector(".advice").hidden = still;
    list.replaceChildren(...token.alternatives.map(row));
    panel.hidden = false;
    origin.ariaExpanded = "true";
    origin.classList.add("open");
    position();
  }

  function close(back) {
    if (panel.hidden) return;
    panel.hidden = true;
    origin.classList.remove("open");
    if (origin.role === "button") origin.ariaExpanded = "false";
    const last = origin;
    origin = null;
    if (back) rest(last);
  }

  // Put the keyboard on a token without opening anything.
  function rest(element) {
    returning = true;
    element.focus({ preventScroll: true });
    returning = false;
  }

  function enter() {
    const first = list.querySelector('[aria-selected="true"]') ?? list.firstElementChild;
    first?.focus({ preventScroll: true });
  }

  panel.addEventListener("keydown", (event) => {
    const items = [...list.children];
    const index = items.indexOf(document.activeElement);
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[Math.max(0, Math.min(items.length - 1, to))].focus({ preventScroll: true });
    else if (event.key === "Enter" || event.key === " ") document.activeElement.click();
    else if (event.key === "Escape") close(true);
    else if (event.key === "Tab") close(true);
    else return;
    event.preventDefault();
  });
  return { open, close, enter, rest, holds: (element) => panel.contains(element) };
}
