"""What can be asked of each kind of model: one frozen dataclass a kind; they know no model and no page."""
