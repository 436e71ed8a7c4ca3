"""Config files: read, checked, put together, written."""
