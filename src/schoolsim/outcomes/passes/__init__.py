"""Measures outcomes: compiled passes over the state, a module a subject."""
