"""What holds the rooms to their plan: imports, house rules, and the state of the repository."""
