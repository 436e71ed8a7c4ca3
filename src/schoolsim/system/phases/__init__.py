"""The half-term, phase by phase, in the order of the model: each file has one entry, `run`."""
