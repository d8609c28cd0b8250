// Passes on what a file or an address says of points and ways, which have no control, to the tab.
watch("value", () => props.value?.settings && element.closest(".tab")?.restorePoints?.(props.value.settings));
