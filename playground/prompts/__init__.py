"""What people write in prompts: weights, alternatives, styles; plain text in and out, knows no model."""
