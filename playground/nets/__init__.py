"""Small networks that no library ships, under the names of their papers; they know torch only."""
