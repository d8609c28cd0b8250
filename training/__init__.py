"""Trains the small models that Playground ships; the running application never imports it."""
