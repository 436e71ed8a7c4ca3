"""Confidence, status and values of people and schools."""
