// The forms for what people want written: cards to choose from, then fields. Every text is set as text.
const tab = element.closest(".tab");
const place = () => element.querySelector(".cases");
let chosen = null; // the form in sight
let fields = {}; // what is in it
let composed = fields; // those that the prompt was made of
let seed = null; // that of the example that was taken
let timer = 0;

tab.askCase = () => (chosen ? { case: chosen.key, fields, seed, stale: composed !== fields } : {});

const badge = (one) =>
  one.can ? [] : [make("span", { className: "badge", textContent: `${props.value.model} cannot do this well` })];

function card(one) {
  const words = [make("strong", { textContent: one.title }), make("span", { textContent: one.summary }), ...badge(one)];
  return make("button", { type: "button", className: "case", onclick: () => open(one) }, ...words);
}

function gallery() {
  chosen = null;
  clearTimeout(timer);
  const groups = [...new Set(props.value.cases.map((one) => one.group))];
  place().replaceChildren(...groups.map((name) => {
    const cards = props.value.cases.filter((one) => one.group === name).map(card);
    return make("div", { role: "group", ariaLabel: name }, make("h3", { textContent: name }), make("div", { className: "cards" }, ...cards));
  }));
}

function input(one) {
  const id = `case-${chosen.key}-${one.name}`;
  const kinds = { "long text": "textarea", choice: "select" };
  const box = make(kinds[one.type] ?? "input", { id, value: fields[one.name] ?? "", placeholder: one.hint });
  if (one.type === "choice") box.append(...one.choices.map((choice) => make("option", { value: choice, textContent: choice })));
  if (one.type === "number") Object.assign(box, { type: "number", min: 1 });
  if (one.type === "long text") box.rows = 3;
  box.value = fields[one.name] ?? "";
  box.addEventListener("input", () => {
    fields = { ...fields, [one.name]: box.value };
    seed = null;
    clearTimeout(timer);
    timer = setTimeout(compose, 400);
  });
  const label = one.optional ? `${one.label} (may stay empty)` : one.label;
  return make("label", { htmlFor: id }, make("span", { textContent: label }), box);
}

async function compose() {
  const of = fields;
  const text = await server.compose({ case: chosen.key, fields });
  if (of !== fields || text === null) return; // more was typed meanwhile
  const box = tab.querySelector(".prompt textarea");
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  composed = of;
}

function head() {
  const back = make("button", { type: "button", className: "back", textContent: "All use cases", onclick: gallery });
  return make("div", { className: "case-head" }, back, make("h3", { textContent: chosen.title }), make("p", { textContent: chosen.summary }), ...badge(chosen));
}

function open(one, example = null) {
  const inside = place().contains(document.activeElement);
  clearTimeout(timer);
  chosen = one;
  const firsts = one.fields.filter((field) => field.type === "choice").map((field) => [field.name, field.choices[0]]);
  fields = { ...Object.fromEntries(firsts), ...(example?.values ?? {}) };
  seed = example?.seed ?? null;
  const examples = one.examples.map((each) =>
    make("button", { type: "button", className: "chip", textContent: each.title, onclick: () => open(one, each) }));
  place().replaceChildren(
    head(),
    make("div", { className: "chips", role: "group", ariaLabel: "Filled in" }, ...examples),
    make("div", { className: "fields" }, ...one.fields.map(input)),
  );
  if (inside) place().querySelector(".back").focus({ preventScroll: true });
  trigger("pick");
  compose();
}

// Surprise me fills in the form in sight from one of its examples, and writes once the settings that suit it are there.
tab.addEventListener("click", (event) => {
  if (!chosen || !place().offsetParent || !event.target.closest(".surprise-button")) return;
  event.stopPropagation(); // or another prompt would come as well
  const example = chosen.examples[Math.floor(Math.random() * chosen.examples.length)];
  tab.addEventListener("picked", () => tab.dispatchEvent(new Event("make", { bubbles: true })), { once: true });
  open(chosen, { ...example, seed: null });
}, true);

watch("value", () => {
  if (!chosen) return gallery();
  chosen = props.value.cases.find((one) => one.key === chosen.key);
  place().querySelector(".case-head").replaceWith(head()); // another model can do other things
});
gallery();
