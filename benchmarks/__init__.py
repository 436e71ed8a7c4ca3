"""How fast schoolsim is, `python -m benchmarks`."""
