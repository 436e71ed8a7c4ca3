"""Several programmes in one system: what they all say together, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schoolsim.config.errors import Fault
from schoolsim.parameters.values import shown


@dataclass(frozen=True)
class Part:
    """One programme that a file is based on.

    Args:
        name: As the file calls it.
        place: Among its bases.
        levers: What the programme sets, with all it is based on itself.
    """

    name: str
    place: int
    levers: Mapping[str, object]


def is_programme(path: Path) -> bool:
    """Whether a config file is a programme: it is in a folder of that name."""
    return path.parent.name == "programmes"


def clashes(parts: Sequence[Part], settled: object) -> Iterator[Fault]:
    """Levers that two programmes set to different values and the file based on them does not settle.

    A lever has one value in a system. Elsewhere a later base simply wins; between programmes that
    would quietly run something else than both.
    """
    own = settled if isinstance(settled, Mapping) else {}
    first: dict[str, Part] = {}
    for part in parts:
        for name, value in part.levers.items():
            before = first.setdefault(name, part)
            if before.levers[name] != value and name not in own:
                yield Fault(("base", part.place), _told(name, before, part))


def _told(name: str, one: Part, two: Part) -> str:
    return (
        f'base: "{name}" is {shown(one.levers[name])} in {one.name} and {shown(two.levers[name])} in {two.name}, '
        f"and can have one value: set it under [levers] here."
    )
