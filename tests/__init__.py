"""The tests, a folder a room; helpers are imported as `tests.<room>.<helper>`."""
