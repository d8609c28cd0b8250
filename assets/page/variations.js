// What can be made of a finished picture: one like it, a larger one, one that begins from it. Knows no stage.
const LITTLE = 0.5; // shares of the noise that is drawn anew, as Fooocus has them
const MUCH = 0.85;
const NEAR = 0.3; // of another seed's noise
const FINER = 0.1;
const FINE_STEPS = 20; // of which FINER are two

const again = (picture, more) => ({ ...picture.settings, extend: "", pictures: 1, variation_strength: 0, ...more });
const beginning = async (picture) => asText(onSheet(await loaded(served(picture.file))));
const varied = (strength) => async (picture) => again(picture, { start: await beginning(picture), strength, seed: -1 });
const near = (picture) => again(picture, { pictures: 4, variation_seed: -1, variation_strength: NEAR });
async function larger(picture) {
  const [width, height] = picture.larger;
  const steps = Math.max(FINE_STEPS, picture.settings.steps);
  return again(picture, { start: await beginning(picture), strength: FINER, steps, width, height });
}

const ACTS = [
  { name: "Vary a little", what: "paints it again from half of its noise", can: (picture) => picture.varies, settings: varied(LITTLE) },
  { name: "Vary a lot", what: "paints it again from nearly all of its noise", can: (picture) => picture.varies, settings: varied(MUCH) },
  { name: "Four near it", what: "mixes a little of other seeds' noise into its own", can: (picture) => picture.varies && !picture.began, settings: near },
  { name: "Twice as large", what: "paints its details anew at twice the size", can: (picture) => picture.larger, settings: larger },
];

// The buttons of one picture. `ask` begins a generation with settings, `edit` takes the picture into the form.
function variations(picture, { ask, edit }) {
  const buttons = ACTS.filter((act) => act.can(picture)).map((act) =>
    make("button", { type: "button", className: "chip", title: act.what, textContent: act.name, onclick: async () => ask({ model: picture.model, settings: await act.settings(picture) }) }));
  if (picture.varies) buttons.push(make("button", { type: "button", className: "chip", title: "mark what shall change, draw on it, paint on beyond its sides", textContent: "Edit", onclick: () => edit(picture) }));
  return buttons;
}
