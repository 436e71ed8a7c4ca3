"""References in full: the software, and the works that sources of parameters and configs name."""
