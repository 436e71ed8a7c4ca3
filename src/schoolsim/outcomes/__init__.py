"""What is measured: each outcome with its name, unit and definition, and the pass that measures it."""
