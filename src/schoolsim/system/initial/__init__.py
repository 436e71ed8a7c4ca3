"""How a system begins: practices, staff, heads, ties, and where results stand."""
