"""What is measured of a run: each outcome worked by hand, and every one at work."""
