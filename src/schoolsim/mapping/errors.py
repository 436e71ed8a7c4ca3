"""Errors of mapping."""

from __future__ import annotations

from schoolsim.parameters.errors import UserError


class MapError(UserError):
    """A network that cannot be mapped as asked; the message says why and what is allowed."""
