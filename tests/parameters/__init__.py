"""Parameters and scenarios."""
