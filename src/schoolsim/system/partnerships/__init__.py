"""Partnerships: search, terms, pairs of teachers, joint work and endings."""
