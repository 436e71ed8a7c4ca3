"""One mistake in a config, where it stands, and how all of them are told together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schoolsim.config.names import LISTED_TABLES, TABLES
from schoolsim.config.positions import KeyPath


@dataclass(frozen=True)
class Fault:
    """A mistake: the path of the key it stands at, and what to tell the user."""

    path: KeyPath
    message: str

    def under(self, *above: str | int) -> Fault:
        """The same fault seen from further up: `above` is put before its path."""
        return Fault((*above, *self.path), self.message)


class FaultError(ValueError):
    """The mistakes a check found; a ValueError so that pydantic carries it along."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults, and have their messages as text."""
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.message for fault in self.faults))


def label(path: KeyPath) -> str:
    """A key as the user wrote it: `"years"`, `[design]`, `[design] points`, `[[figures]] kind`."""
    words = [part for part in path if isinstance(part, str)]
    section = words[0] if words else ""
    if section in LISTED_TABLES:
        words[0] = f"[[{section}]]"
    elif section in TABLES:
        words[0] = f"[{section}]"
    else:
        words[0] = f'"{section}"'
    return " ".join(words)
