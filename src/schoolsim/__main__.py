"""`python -m schoolsim`: the command line."""

from __future__ import annotations

from schoolsim.cli import main

# Worker processes import this file too, under another name: it must do nothing then.
if __name__ == "__main__":
    main()
