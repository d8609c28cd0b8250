// What every result tells of its work: status, bar, notes, and which buttons can be pressed. Knows no result.
// `show` draws a value, `whole` leaves out of one what is not finished.
const QUIET = 4000; // milliseconds between two words of progress for those who listen

function atWork(tab, part, show, whole = (value) => value) {
  let heard = -QUIET; // when the status was last said aloud
  const work = { going: false, stopping: false, say, tell };

  function say(text) {
    const place = part("status");
    if (place.textContent === text) return;
    const soon = work.going && performance.now() - heard < QUIET;
    place.ariaLive = soon ? "off" : "polite";
    if (!soon) heard = performance.now();
    place.textContent = text;
  }

  function tell(value) {
    setGoing(value.phase === "working");
    say(value.status || part("status").textContent);
    advance(value.fraction);
    note(value.notes);
  }

  // Only what is new is added, since the notes are read aloud and what is drawn again is read again.
  function note(notes) {
    const place = part("notes");
    if ([...place.children].some((item, index) => item.textContent !== notes[index])) place.replaceChildren();
    place.append(...notes.slice(place.children.length).map((text) => make("li", { textContent: text })));
  }

  function setGoing(now) {
    if (now === work.going) return;
    work.going = now;
    const [begin, stop, surprise] = ["make", "stop", "surprise"].map((name) => tab.querySelector(`.${name}-button`));
    const focused = document.activeElement;
    tab.toggleAttribute("data-working", now);
    surprise.disabled = now;
    if (focused === begin && now) stop.focus(); // a hidden button would drop the keyboard's place
    if (focused === stop && !now) begin.focus();
  }

  function advance(fraction) {
    const bar = part("progress");
    bar.hidden = !work.going;
    bar.toggleAttribute("data-unknown", fraction === null);
    bar.firstElementChild.style.width = fraction === null ? "" : `${Math.round(fraction * 100)}%`;
    if (fraction === null) bar.removeAttribute("aria-valuenow");
    else bar.setAttribute("aria-valuenow", Math.round(fraction * 100));
  }

  // The generation is over, whether it said so or was stopped or lost.
  tab.addEventListener("settled", () => {
    const status = work.stopping ? "Stopped." : "The connection was lost. Try again.";
    work.stopping = false;
    if (props.value.phase === "working") props.value = { ...whole(props.value), phase: "idle", status, fraction: null };
    show(props.value);
  });
  tab.addEventListener("click", (event) => {
    if (!work.going || !event.target.closest(".stop-button")) return;
    work.stopping = true;
    say("Stopping");
  });
  return work;
}
