"""Groups of columns, tables of groups and records, in Python and in compiled code."""
