"""Evidence: results that are known, patterns that were found, magnitudes that were measured."""
