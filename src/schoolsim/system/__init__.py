"""The model: state, phases, and what the phases do, by subject."""
