"""The explorer: two scenarios side by side in the browser, on one seed, with what happens in them.

`session` holds what is on the screen and knows nothing of a browser; `page` draws it with Solara; `serving` serves the
page to this machine alone.
"""

from __future__ import annotations

from schoolsim.explore.choice import Choice
from schoolsim.explore.session import Session

__all__ = ["Choice", "Session"]
