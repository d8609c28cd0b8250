"""Every family of generative model behind one call; imports no page, and nothing heavy until a model loads."""
