// Asks for drafts while a hand moves: the newest wish of each family is sent, older ones are forgotten, and no queue
// grows anywhere. Families for which `rests` is true are asked when the hand rests. Knows no picture.
const AT_ONCE = 2; // one is drawn while the next is on its way
const GAP = 20; // milliseconds between two questions, which the server allows for long
const REST = 250; // milliseconds without a wish
const HOLD = 1500; // milliseconds of rest after it said that it is too much

function drafts(show, rests) {
  const flying = new Set();
  const wanted = new Map(); // by family; who was served goes to the end
  let earliest = 0;
  let moved = 0; // when the last wish came
  let timer = null;

  function want(key, settings) {
    wanted.set(key, settings);
    moved = performance.now();
    next();
  }

  function next() {
    const free = [...wanted.keys()].filter((one) => !flying.has(one));
    const key = free.find((one) => !rests(one)) ?? free[0];
    if (key === undefined || flying.size >= AT_ONCE || timer !== null) return;
    const wait = Math.max(earliest, rests(key) ? moved + REST : 0) - performance.now();
    if (wait > 0) {
      // Looks again soon: another family may be wanted before this one's time has come.
      timer = setTimeout(() => ((timer = null), next()), Math.min(wait, GAP));
      return;
    }
    earliest = performance.now() + GAP;
    ask(key);
    next();
  }

  async function ask(key) {
    const settings = wanted.get(key);
    wanted.delete(key);
    flying.add(key);
    const asked = performance.now();
    let answer = null;
    try {
      answer = await server.latent_draft({ model: key, settings });
    } catch {
      answer = null;
    }
    flying.delete(key);
    if (!answer) {
      earliest = performance.now() + HOLD;
      if (!wanted.has(key)) wanted.set(key, settings);
    } else show(key, answer, performance.now() - asked);
    next();
  }
  return { want, forget: () => wanted.clear(), busy: () => flying.size > 0 };
}
