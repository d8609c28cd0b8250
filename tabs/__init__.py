"""The tabs of the page, in order; a tab is a module with a TITLE, a KIND and a build(generate, prepare, models)."""

from tabs import image, latent, music, text

TABS = (image, text, music, latent)
