"""The science: small pure functions of numbers, one file a subject, each with its source.

A `p` at the end of a signature is the run's parameter record (`Scenario.as_one()` where a rule is
tried by itself), whose fields are the
catalogue's names with `_` for `.`. Everything else is a plain number, or an array where a docstring says so.
"""
