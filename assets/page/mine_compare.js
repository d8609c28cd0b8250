// Two pictures over each other with a seam that can be moved, and what differs in their settings. Knows no server.
function comparing(dialog) {
  const part = (name) => dialog.querySelector("." + name);
  const [pair, range, table] = ["div", "input", "table"].map((tag) => dialog.querySelector(tag));

  function move() {
    pair.style.setProperty("--seam", `${range.value}%`);
    range.setAttribute("aria-valuetext", `${range.value} % of the first, ${100 - range.value} % of the second`);
  }
  range.oninput = move;
  part("over").onload = ({ target }) => pair.style.setProperty("--aspect", target.naturalWidth / target.naturalHeight);

  // How much was to change says nothing of a picture that began from none.
  const settings = (picture) => Object.fromEntries([...new URLSearchParams(picture.link)].filter(([name]) => name !== "strength" || picture.began));
  function differing(first, second) {
    const [one, two] = [settings(first), settings(second)];
    return [...new Set([...Object.keys(one), ...Object.keys(two)])]
      .filter((name) => one[name] !== two[name])
      .map((name) => [name.replaceAll("_", " "), one[name] ?? "", two[name] ?? ""]);
  }

  return function compare(first, second) {
    for (const [name, picture] of [["over", first], ["under", second]]) {
      part(name).src = served(picture.file);
      part(name).alt = picture.alt;
    }
    const rows = differing(first, second);
    part("differ").textContent = rows.length ? "Left and right differ in" : "Their settings are the same.";
    table.tBodies[0].replaceChildren(...rows.map(([name, one, two]) =>
      make("tr", {}, make("td", { textContent: one }), make("th", { scope: "row", textContent: name }), make("td", { textContent: two }))));
    range.value = 50;
    move();
    dialog.showModal();
    range.focus();
  };
}
