"""The beginning of a system: practices, staff, heads, ties, and where results stand."""
