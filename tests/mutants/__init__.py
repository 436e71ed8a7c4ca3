"""Do the tests notice? Small faults planted in rules and system, one at a time: `python -m tests.mutants`."""
