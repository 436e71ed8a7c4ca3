"""Each mechanism by its rule, its switch and its sign."""
