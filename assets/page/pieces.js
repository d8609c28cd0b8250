// Small helpers for scripts that draw: elements, tools with a glyph, a percentage. Knows no component.
function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function tool(icon, label, properties = {}, tag = "button") {
  const glyph = make("span", { className: "glyph " + icon });
  glyph.setAttribute("aria-hidden", "true");
  const kind = tag === "button" ? { type: "button" } : {};
  return make(tag, { className: "tool", title: label, ...kind, ...properties }, glyph, make("span", { textContent: label }));
}

const served = (file) =>
  (window.gradio_config?.root ?? "") + "/gradio_api/file=" + file.split("/").map(encodeURIComponent).join("/");

// Puts a file that the page serves among the downloads.
function fetched(file) {
  const link = make("a", { href: served(file), download: file.split("/").pop() });
  document.body.append(link);
  link.click();
  link.remove();
}

function percent(share) {
  const hundred = share * 100;
  if (hundred === 0) return "0 %";
  if (hundred < 0.1) return "< 0.1 %";
  return (hundred < 10 ? hundred.toFixed(1) : Math.round(hundred)) + " %";
}

const RANKS = ["the likeliest", "second", "third"];
const ranked = (rank) => RANKS[rank] ?? `number ${rank + 1}`;

// A token as it can be seen: what is only space is shown as a sign.
const visible = (text) => (/\S/.test(text) ? text.trim() : text.replaceAll("\n", "↵").replaceAll("\t", "⇥").replaceAll(" ", "␣")) || "(end)";
