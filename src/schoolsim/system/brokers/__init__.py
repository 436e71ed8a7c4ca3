"""Brokers outside and inside schools: what an hour of theirs is spent on, and what it does."""
