"""The error of a figure that cannot be drawn."""

from __future__ import annotations

from schoolsim.parameters.errors import UserError


class FigureError(UserError):
    """A figure that cannot be drawn as asked."""
