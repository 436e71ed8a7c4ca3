"""Official files of schools: recognised by their columns, read, and joined into one place."""
