(guidance) => ({
  __type__: "update",
  interactive: guidance > 1,
  info: guidance > 1 ? "what to keep out" : "does nothing while Guidance is 1 or less",
})
