"""How fast schoolsim is, beside a plain-object twin of the same model: `python -m benchmarks`."""
