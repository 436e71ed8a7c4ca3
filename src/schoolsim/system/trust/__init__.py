"""Ties between schools: what two schools are to each other, how trust moves, quarrels."""
