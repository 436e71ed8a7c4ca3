"""Parents' choice, admissions, and published results."""
