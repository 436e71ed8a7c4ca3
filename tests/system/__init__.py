"""The model as a whole: what every run must keep."""
