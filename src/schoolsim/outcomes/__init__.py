"""Outcomes: each with its name, unit, definition, words, and the function that measures it."""
