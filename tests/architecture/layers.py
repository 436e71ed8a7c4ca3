"""Which room may import which: the plan of the house, and what breaks it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.architecture.sources import PACKAGE, Module, imports, room_of

#: Rooms from the ground up. A room imports from its own storey and from those below it.
STOREYS: tuple[frozenset[str], ...] = (
    frozenset({"columns", "jit", "draws", "parameters", "showing"}),
    frozenset({"config", "rules"}),
    frozenset({"system.state", "populations"}),
    frozenset({"outcomes", "citations"}),
    frozenset({"system"}),
    frozenset({"studies", "stories", "mapping"}),
    frozenset({"analysis", "evaluations", "evidence", "figures", "policy_search"}),
    frozenset({"report"}),
    frozenset({"publish"}),
    frozenset({"cli", "explore"}),
)
STOREY_OF = {room: level for level, rooms in enumerate(STOREYS) for room in rooms}

#: Imports that point up all the same: allowed inside a function, never while a file is loaded.
GRANTED: Mapping[tuple[str, str], str] = {
    ("studies/result.py", "analysis"): "a study's result offers `contrast`, which analysis makes",
    ("studies/result.py", "report"): "and `report`, which writes its page",
    ("studies/result.py", "publish"): "and `publish`, which writes the page with sliders",
    ("studies/result.py", "figures"): "and `figure`, which draws one of its figures",
    ("jit.py", "system"): "`python -m schoolsim.jit` compiles the model",
}


@dataclass(frozen=True)
class Crossing:
    """One import of one room by another.

    Args:
        module: The file that imports.
        node: The import in it.
        name: What is imported, as an absolute dotted name.
        target: The room that is in; empty for the package's own face.
    """

    module: Module
    node: ast.AST
    name: str
    target: str

    @property
    def granted(self) -> bool:
        """Whether it is an exception that the plan names, and late."""
        late = self.node not in self.module.tree.body
        return late and (self.module.place, self.target) in GRANTED

    def finding(self, message: str) -> str:
        """Where it is, and what is wrong with it."""
        return self.module.at(self.node, f"{self.name}: {message}")


def room_imports(modules: Iterable[Module]) -> list[Crossing]:
    """Every import of one room by another."""
    found = []
    for module in modules:
        for node, name in imports(module):
            first, *parts = name.split(".")
            target = room_of(parts)
            if first == PACKAGE and target != module.room:
                found.append(Crossing(module, node, name, target))
    return found


def upward_imports(modules: Iterable[Module]) -> list[str]:
    """Imports that point up, leave the plan, or go through the package's own face."""
    findings = []
    for crossing in room_imports(modules):
        room, target = crossing.module.room, crossing.target
        if room == "" or crossing.granted:
            continue  # the face of the package offers what all the rooms make
        if target not in STOREY_OF:
            if target != "__version__":
                findings.append(crossing.finding(f"import from the room, not from {PACKAGE}"))
        elif room in STOREY_OF and STOREY_OF[target] > STOREY_OF[room]:
            findings.append(crossing.finding(f"{room} stands below {target}"))
    return findings


def unknown_rooms(modules: Iterable[Module]) -> list[str]:
    """Rooms that the plan does not know."""
    rooms = {module.room for module in modules} - {""}
    return [f"{room}: give it a storey in {__name__}" for room in sorted(rooms - set(STOREY_OF))]


def circles(modules: Iterable[Module]) -> list[str]:
    """Rooms that import each other, straight or through others."""
    needs: dict[str, set[str]] = {}
    for crossing in room_imports(modules):
        room = crossing.module.room
        if room and crossing.target in STOREY_OF and not crossing.granted:
            needs.setdefault(room, set()).add(crossing.target)
    return sorted(room for room in needs if room in _reached_from(room, needs))


def _reached_from(start: str, needs: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(needs.get(start, ()))
    while waiting:
        room = waiting.pop()
        if room not in reached:
            reached.add(room)
            waiting.extend(needs.get(room, ()))
    return reached
