"""The twin agrees with the compiled model, and the benchmarks say what they measured."""
