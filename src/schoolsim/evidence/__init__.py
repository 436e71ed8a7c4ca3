"""What the model is held against: results that are known, patterns that were found, magnitudes that were measured."""
