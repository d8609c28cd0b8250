"""Works that are no pictures of a model: tunes, their sound and their files; knows no model and no page."""
