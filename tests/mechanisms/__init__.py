"""Each mechanism: its rules by hand, its switch, the direction its source gives, and that no parameter is idle."""
