"""Each rule against cases worked by hand, and against what it may never do."""
