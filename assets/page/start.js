// Tells what Compose goes on from, if anything, and lets go of it. Every text is set as text.
function show() {
  const told = props.value?.told ?? "";
  const place = element.querySelector(".beginning");
  if (!told) return place.replaceChildren();
  const off = make("button", { type: "button", className: "off", ariaLabel: "Compose something new instead", title: "Compose something new instead", textContent: "×" });
  off.onclick = () => {
    props.value = {};
    show();
    element.closest(".tab").querySelector(".prompt textarea").focus();
  };
  place.replaceChildren(make("p", { className: "chosen" }, make("span", { textContent: told }), off));
}
watch("value", show);
show();
