"""Hours and pounds: what heads grant, and what pairs spend."""
