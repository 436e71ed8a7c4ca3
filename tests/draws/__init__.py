"""The only source of chance: that it is what it says, and as good as it must be."""
