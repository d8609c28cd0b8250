// One or two settings changed step by step: what to change, what it costs, and the pictures as they come.
const tab = element.closest(".tab");
const part = (name) => element.querySelector("." + name);
const axes = [...element.querySelectorAll(".axis")].map((place) => ({ name: place.querySelector(".name"), values: place.querySelector(".values"), own: false }));
let stopping = false;
let adopted = {};
let looked = {}; // what the server said of it last

const said = () => window.playground.said[tab.id] ?? {};
const model = () => said().model;
const form = () => Object.fromEntries(Object.entries(said()).filter(([name]) => name !== "model"));
const wanted = () => axes.filter((axis) => axis.name.value).map((axis) => ({ name: axis.name.value, values: axis.values.value }));
const going = () => props.value.phase === "working";

tab.askGrid = () => ({ axes: wanted() });
tab.askAdopted = () => adopted;

function options(settings) {
  axes.forEach(({ name }, index) => {
    const now = name.value;
    const none = make("option", { value: "", textContent: index ? "nothing else" : "choose …" });
    name.replaceChildren(none, ...Object.entries(settings).map(([value, textContent]) => make("option", { value, textContent })));
    name.value = settings[now] ? now : "";
  });
}

// What the last pictures of the stage took tells what these will.
function cost({ count, work, problem }) {
  if (problem) return wanted().length ? problem : "";
  const seconds = tab.secondsOfWork?.[model()] ? work * tab.secondsOfWork[model()] : null;
  const time = seconds === null ? "" : seconds < 90 ? `, about ${Math.max(1, Math.round(seconds))} s` : `, about ${Math.round(seconds / 60)} minutes`;
  return `${count} ${count === 1 ? "picture" : "pictures"}${time}`;
}

async function look(fresh = null) {
  const found = await server.grid_look({ model: model(), form: form(), axes: wanted(), new: fresh?.name.value ?? "" });
  if (!found.settings) return;
  looked = found;
  options(found.settings);
  if (fresh && found.proposed !== undefined && !fresh.own) {
    fresh.values.value = found.proposed;
    return look();
  }
  part("cost").textContent = cost(found);
  part("go").disabled = !!found.problem || going();
}

axes.forEach((axis) => {
  axis.name.onchange = () => ((axis.own = false), (axis.values.value = ""), look(axis));
  axis.values.oninput = () => (axis.own = true);
});
part("changing").ontoggle = () => { if (part("changing").open && model()) look(); };
whenPaused(
  () => (part("changing").open && model() ? JSON.stringify([said(), axes.map((axis) => [axis.name.value, axis.values.value]), tab.secondsOfWork?.[model()]]) : null),
  () => look(),
);

part("go").onclick = () => {
  stopping = false;
  trigger("alter");
};
part("halt").onclick = () => {
  stopping = true;
  part("told").textContent = "Stopping";
  trigger("halt");
};
tab.addEventListener("gridsettled", () => {
  if (!going()) return;
  const there = props.value.cells.filter((cell) => cell.file).length;
  const cells = props.value.cells.map((cell) => (cell.file ? cell : { labels: cell.labels })); // a draft would not be finished
  props.value = { ...props.value, cells, phase: "done", status: `${stopping ? "Stopped" : "The connection was lost"}: ${there} of ${props.value.cells.length} pictures are there.` };
  show();
});

function cellOf(cell, index) {
  const labels = cell.labels.join(" · ");
  const picture = cell.file ? served(cell.file) : cell.preview;
  const inside = picture
    ? make("img", { src: picture, alt: `${labels}: ${cell.alt}` })
    : make("span", { className: "empty", textContent: cell.problem ?? "" });
  const button = make("button", { type: "button", title: "Take its settings", disabled: !cell.file }, inside);
  button.onclick = () => adopt(props.value.cells[index], labels); // as it is by then: how it came about is told last
  const caption = cell.labels.map((label, place) => make("span", { textContent: cell.labels[place + 1] ? `${label} ·` : label }));
  return make("figure", {}, make("figcaption", {}, ...caption.flatMap((one) => [one, " "])), button);
}

function adopt(cell, labels) {
  adopted = { model: cell.model, settings: cell.settings };
  trigger("adopt");
  const above = tab.showPicture?.(cell) ? " The picture is above." : "";
  part("told").textContent = `The settings of ${labels} are in the form.${above}`;
}

// A contact sheet was dropped: what it changes is to be changed again, by a form that is being filled.
function bring(told) {
  axes.forEach((axis, index) => {
    const { name, label, values } = told[index] ?? { name: "", label: "", values: "" };
    axis.name.value = name;
    if (axis.name.value !== name) axis.name.append(make("option", { value: name, textContent: label, selected: true })); // nothing was looked up yet
    axis.values.value = values;
    axis.own = !!name;
  });
  part("changing").open = true;
  part("told").textContent = "What this contact sheet changes is here again.";
  element.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

let drawn = [];
let last = props.value;
function show() {
  if (props.value.phase === "brought") {
    const { axes: told } = props.value;
    props.value = last;
    return bring(told);
  }
  last = props.value;
  const { cells, columns, status } = props.value;
  part("told").textContent = status;
  part("scroller").hidden = !cells.length;
  part("cells").style.setProperty("--columns", columns);
  const now = cells.map((cell) => `${cell.labels}|${cell.file || cell.preview || cell.problem || ""}`);
  const place = part("cells");
  if (now.length !== drawn.length) place.replaceChildren(...cells.map(cellOf));
  else now.forEach((key, index) => key !== drawn[index] && place.children[index].replaceWith(cellOf(cells[index], index)));
  drawn = now;
  const files = going() ? [] : cells.filter((cell) => cell.file).map((cell) => cell.file);
  if (files.length) tab.dispatchEvent(new CustomEvent("finished", { detail: files }));
  part("halt").hidden = !going();
  part("go").hidden = going();
  part("ends").hidden = going() || !cells.some((cell) => cell.file);
}

part("save-sheet").onclick = async () => {
  const cells = props.value.cells.filter((cell) => cell.file).map(({ file, labels }) => ({ file, labels }));
  const found = await server.grid_save({ cells, columns: props.value.columns, axes: props.value.axes });
  if (found.problem) return (part("told").textContent = found.problem);
  fetched(found.file);
  part("told").textContent = "The contact sheet is saved; dropped on this page it brings settings and values back.";
};
watch("value", show);
