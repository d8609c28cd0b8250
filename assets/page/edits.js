// The melody of a tune under the pencil: what was edited and not heard yet, and the tools for it. Knows no server.
const melodies = new Map(); // what was edited, by the file of its tune: it stays for the whole visit

const BY_KEYS = "← → choose, ↑ ↓ change the pitch, Shift ← → the time, + − the length, Enter adds, Delete removes, Ctrl Z takes back, Esc leaves.";

// `made` is a card; `acts`: hear() and onward() ask for the edited tune, closed() is told when one leaves, edited() when
// something was edited.
function editing(made, acts) {
  let tune = null;
  let notes = null;
  const told = make("p", { className: "told", ariaLive: "polite" });
  const hint = make("div", { className: "hints" },
    make("p", { className: "by-mouse", textContent: "Click to add a note, drag it to move it, its right end to make it longer; a double click removes it. With the keyboard: " + BY_KEYS }),
    make("p", { className: "by-touch", textContent: "Tap to add a note, or on one to choose it; drag it sideways to move it. The buttons do the rest." }));
  const editor = noteEditor(made.frame, made.roll, { changed, leave, sound: tone, say: (text) => (told.textContent = text) });
  editor.desk.ariaDescription = BY_KEYS;
  const small = (icon, label, onclick) => make("button", { type: "button", className: "knob", title: label, ariaLabel: label, onclick }, make("span", { className: `glyph ${icon}` }));
  const { move } = editor;
  const undo = small("undo", "Undo", editor.undo);
  const redo = small("redo", "Redo", editor.redo);
  const bench = make("div", { className: "bench", role: "group", ariaLabel: "Edit the notes" },
    make("div", { className: "acts" },
      tool("hear", "Hear it", { onclick: acts.hear }), tool("on", "Continue", { onclick: acts.onward }), tool("done", "Done", { onclick: leave }), undo, redo),
    make("div", { className: "moves" },
      small("up", "Higher", move.up), small("down", "Lower", move.down), small("left", "Earlier", move.earlier), small("right", "Later", move.later),
      small("longer", "Longer", move.longer), small("shorter", "Shorter", move.shorter), small("add", "Add a note", editor.insert), small("remove", "Remove the note", editor.remove)),
    told);
  bench.querySelector(".tool").dataset.makes = "";

  function tools() {
    undo.disabled = !notes.undoable;
    redo.disabled = !notes.redoable;
  }

  function changed() {
    melodies.set(tune.file, notes);
    tools();
    acts.edited();
  }

  function open() {
    made.card.dataset.editing = "";
    made.card.classList.add("editing");
    made.frame.after(bench, hint);
    editor.open();
    tools();
  }

  function close() {
    if (!bench.isConnected) return;
    delete made.card.dataset.editing;
    made.card.classList.remove("editing");
    bench.remove();
    hint.remove();
    editor.close();
  }

  function leave() {
    close();
    acts.closed();
  }

  function show(next) {
    close();
    tune = next;
    notes = melodies.get(tune.file) ?? melody(tune.change.melody.notes, tune.change.melody.bar, Math.round(tune.roll.seconds / tune.roll.bar));
    editor.show(tune, notes);
    if (notes.undoable) editor.draw();
  }

  return {
    open, close, show,
    draw: () => (bench.isConnected || notes?.undoable) && editor.draw(),
    numbers: () => (notes?.undoable ? notes.numbers() : null), // of what was edited
  };
}
