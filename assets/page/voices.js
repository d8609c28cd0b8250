// Who plays: the tracks of a tune by name and colour, each to be muted or heard alone. Knows how levels follow, no sound.
const silent = (count, muted, alone) => [...Array(count).keys()].filter((index) => (alone.size ? !alone.has(index) : muted.has(index)));

// Which parts the deck needs, and how loud: few are taken out of the whole, or few are heard without it.
function balance(count, quiet) {
  const loud = [...Array(count).keys()].filter((index) => !quiet.includes(index));
  const take = quiet.length <= loud.length;
  return { whole: take ? 1 : 0, parts: take ? quiet : loud, level: take ? -1 : 1 };
}

// `acts`: part(index), a promise of that track's number in the deck; levels(array); pale(indexes); say(sentence).
function whoPlays(acts) {
  const list = make("ul", { className: "voices", ariaLabel: "Who plays" });
  const known = new Map(); // number in the deck by track
  let tracks = [];
  let muted = new Set();
  let alone = new Set();
  let turn = 0; // the last wish counts

  function show(next, ready) {
    [tracks, muted, alone] = [next, new Set(), new Set()];
    known.clear();
    list.replaceChildren(...tracks.map((track, index) => {
      const name = track.instrument && !track.drums ? `${track.name}: ${track.instrument}` : track.name;
      const item = make("li", {}, make("span", { className: "voice", textContent: name }));
      item.style.setProperty("--voice", `var(${hue(track, index)})`);
      if (ready && tracks.length > 1) item.append(knob(index, "M", "Mute", () => muted), knob(index, "S", "Solo", () => alone));
      return item;
    }));
    acts.pale(silent(tracks.length, muted, alone));
  }

  function knob(index, letter, verb, set) {
    const label = `${verb} ${tracks[index].name}`;
    const button = make("button", { type: "button", className: "knob", textContent: letter, title: label, ariaLabel: label, ariaPressed: "false" });
    button.onclick = () => turned(index, set());
    return button;
  }

  function pressed() {
    [...list.children].forEach((item, index) => {
      const [mute, solo] = item.querySelectorAll(".knob");
      mute.ariaPressed = String(muted.has(index));
      solo.ariaPressed = String(alone.has(index));
      item.toggleAttribute("data-quiet", silent(tracks.length, muted, alone).includes(index));
    });
    acts.pale(silent(tracks.length, muted, alone));
  }

  async function turned(index, set) {
    const before = [new Set(muted), new Set(alone)];
    const other = set === muted ? alone : muted;
    if (!set.delete(index)) set.add(index);
    other.delete(index);
    pressed();
    const mine = (turn += 1);
    const quiet = silent(tracks.length, muted, alone);
    const { whole, parts, level } = balance(tracks.length, quiet);
    list.ariaBusy = String(parts.some((one) => !known.has(one)));
    if (list.ariaBusy === "true") acts.say("One moment: the tracks are taken apart.");
    try {
      for (const one of parts) if (!known.has(one)) known.set(one, await acts.part(one));
    } catch (error) {
      if (mine === turn) [muted, alone] = before;
      pressed();
      return acts.say(error.message);
    } finally {
      if (mine === turn) list.ariaBusy = "false";
    }
    if (mine !== turn) return;
    const levels = [whole];
    for (const one of parts) levels[known.get(one)] = level;
    acts.levels(levels);
    acts.say(quiet.length ? `Not heard now: ${quiet.map((one) => tracks[one].name).join(", ")}.` : "All are heard.");
  }

  return { list, show };
}
