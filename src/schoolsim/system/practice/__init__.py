"""Practices: what schools want of them, and how new ones are born and forgotten."""
