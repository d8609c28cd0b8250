// The thumbnails as a list from which one or more are chosen, by mouse, finger or keyboard. Knows no server.
// `acts`: all() gives the ids of all pictures, changed() is told of another choice; show(id), wipe() when Delete is pressed.
function tiling(list, acts) {
  const chosen = new Set();
  let last = null; // the tile that has, or had, the keyboard
  const tiles = () => [...list.children];
  const id = (tile) => tile.dataset.id;

  function mark() {
    if (!last?.isConnected) last = list.firstElementChild;
    for (const tile of tiles()) {
      tile.ariaSelected = String(chosen.has(id(tile)));
      tile.tabIndex = tile === last ? 0 : -1;
    }
  }

  function choose(ids) {
    chosen.clear();
    ids.forEach((one) => chosen.add(one));
    mark();
    acts.changed();
  }

  const toggled = (one) => (chosen.has(one) ? [...chosen].filter((other) => other !== one) : [...chosen, one]);
  function between(tile) {
    const ends = [last, tile].map((one) => tiles().indexOf(one)).sort((a, b) => a - b);
    return tiles().slice(ends[0], ends[1] + 1).map(id);
  }

  list.onclick = (event) => {
    const tile = event.target.closest("li");
    if (!tile) return;
    const many = event.shiftKey ? between(tile) : null;
    const more = event.ctrlKey || event.metaKey || event.target.closest(".tick");
    last = tile;
    choose(many ?? (more ? toggled(id(tile)) : [id(tile)]));
    tile.focus({ preventScroll: true });
    if (!many && !more) acts.show(id(tile));
  };

  function next(key) {
    const all = tiles();
    const across = all.filter((tile) => tile.offsetTop === all[0].offsetTop).length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[key];
    if (key === "Home" || key === "End") return all.at(key === "Home" ? 0 : -1);
    return by && all[all.indexOf(last) + by];
  }

  list.onkeydown = (event) => {
    last = event.target.closest("li") ?? last; // a screen reader moves the keyboard without pressing keys
    if (!last) return;
    const deeds = {
      " ": () => choose(toggled(id(last))),
      Enter: () => (choose([id(last)]), acts.show(id(last))),
      Delete: () => chosen.size && acts.wipe(),
      Escape: () => choose([]),
      a: () => choose(acts.all()),
    };
    const deed = event.key === "a" ? (event.ctrlKey || event.metaKey) && deeds.a : !event.ctrlKey && !event.metaKey && deeds[event.key];
    const to = deed ? null : next(event.key);
    if (!deed && !to) return;
    event.preventDefault();
    if (deed) return deed();
    last = to;
    mark();
    to.focus();
  };

  // Draws these pictures, those on the stage marked; what is not there any more is chosen no longer.
  function draw(pictures, shown) {
    const old = new Map(tiles().map((tile) => [id(tile), tile]));
    const now = pictures.map((picture) => old.get(picture.id) ?? tile(picture));
    const held = list.contains(document.activeElement);
    if (now.length !== old.size || now.some((one, index) => one !== list.children[index])) list.replaceChildren(...now);
    for (const one of tiles()) one.toggleAttribute("data-shown", shown.includes(id(one)));
    const there = new Set(acts.all());
    for (const one of chosen) if (!there.has(one)) chosen.delete(one);
    mark();
    if (held) rest();
  }

  // Gives the keyboard back to where it was.
  function rest() {
    if (document.activeElement !== last) last?.focus({ preventScroll: true });
  }

  function tile(picture) {
    const item = make("li", { title: picture.alt, ariaLabel: `${picture.alt} (${picture.seed})` }, make("img", { src: picture.small, alt: "" }), make("span", { className: "tick" }));
    item.setAttribute("role", "option");
    item.dataset.id = picture.id;
    return item;
  }

  return { chosen, choose, draw, rest };
}
