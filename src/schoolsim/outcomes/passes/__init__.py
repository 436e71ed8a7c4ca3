"""How outcomes are measured: compiled passes over the state, a module a subject."""
