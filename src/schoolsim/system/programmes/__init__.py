"""Programmes: who is asked, how they start, badges, grants, and changes of policy."""
