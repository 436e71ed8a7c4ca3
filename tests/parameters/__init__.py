"""Parameters, scenarios and config files."""
