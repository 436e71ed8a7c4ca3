"""Imports point one way."""

from __future__ import annotations

import pytest

from tests.architecture.conftest import MadeUp
from tests.architecture.layers import (
    GRANTED,
    circles,
    room_imports,
    unknown_rooms,
    upward_imports,
)
from tests.architecture.sources import Module


def test_no_import_points_up(modules: list[Module]) -> None:
    assert upward_imports(modules) == []


def test_every_room_has_a_storey(modules: list[Module]) -> None:
    assert unknown_rooms(modules) == []


def test_no_rooms_import_each_other(modules: list[Module]) -> None:
    assert circles(modules) == []


def test_every_exception_granted_is_in_use(modules: list[Module]) -> None:
    used = {(found.module.place, found.target) for found in room_imports(modules) if found.granted}
    assert used == set(GRANTED)


def test_an_exception_holds_inside_a_function_only(made_up: MadeUp) -> None:
    place, target = next(iter(GRANTED))
    line = f"from schoolsim.{target} import contrast"
    assert upward_imports(made_up({place: f"def late():\n    {line}"})) == []
    assert len(upward_imports(made_up({place: line}))) == 1


def test_imports_between_rooms_are_found_at_all(modules: list[Module]) -> None:
    assert room_imports(modules)


@pytest.mark.parametrize(
    "line",
    [
        "import schoolsim.system.state",
        "from schoolsim.system import state",
        "from schoolsim import system",
        "from ..system import state",
        "from ..system.state import State",
        "from ..system.trust import ties",
        "def late():\n    from schoolsim.system import state",
        "import importlib\nimportlib.import_module('schoolsim.system')",
        "from importlib import import_module\nimport_module('schoolsim.system.state')",
        "__import__('schoolsim.system')",
        "import typing\nif typing.TYPE_CHECKING:\n    from schoolsim.system.state import State",
    ],
)
def test_an_import_from_above_is_seen(line: str, made_up: MadeUp) -> None:
    (finding,) = upward_imports(made_up({"rules/trust.py": line}))
    assert finding.startswith("rules/trust.py:")
    assert finding.endswith(("rules stands below system", "rules stands below system.state"))


@pytest.mark.parametrize(
    ("place", "line", "passes"),
    [
        ("outcomes/trust.py", "from schoolsim.system.state import State", True),
        ("outcomes/trust.py", "from schoolsim.system.state.ledger import HOURS", True),
        ("outcomes/trust.py", "from schoolsim.system.trust.ties import difference", False),
        ("system/state/slots.py", "from schoolsim.system.trust.ties import difference", False),
        ("system/state/slots.py", "from schoolsim.outcomes.catalog import OUTCOMES", False),
        ("system/state/slots.py", "from schoolsim.system.state import State", True),
        ("system/trust/ties.py", "from schoolsim.system.state import State", True),
        ("system/trust/ties.py", "from schoolsim.outcomes.catalog import OUTCOMES", True),
    ],
)
def test_the_state_is_a_room_inside_the_system(place: str, line: str, passes: bool, made_up: MadeUp) -> None:
    """Outcomes look at the state, and not at what moves it."""
    assert (upward_imports(made_up({place: line})) == []) is passes


@pytest.mark.parametrize(
    ("line", "passes"),
    [
        ("import schoolsim", False),
        ("from schoolsim import Study", False),
        ("from .. import Study", False),
        ("from schoolsim import __version__", True),
        ("from schoolsim.parameters import Scenario", True),
        ("from . import modes", True),
        ("import numpy.random", True),
    ],
)
def test_the_package_is_not_imported_whole(line: str, passes: bool, made_up: MadeUp) -> None:
    assert (upward_imports(made_up({"rules/trust.py": line})) == []) is passes


def test_the_face_of_the_package_may_import_everything(made_up: MadeUp) -> None:
    assert upward_imports(made_up({"__init__.py": "from schoolsim.studies import Study"})) == []


def test_a_new_room_is_seen(made_up: MadeUp) -> None:
    (finding,) = unknown_rooms(made_up({"cellar/wine.py": "", "rules/trust.py": ""}))
    assert finding.startswith("cellar:")


def test_a_circle_on_one_storey_is_seen(made_up: MadeUp) -> None:
    files = {
        "figures/lines.py": "from schoolsim.analysis import contrast",
        "analysis/contrast.py": "from schoolsim.evidence import targets",
        "evidence/targets.py": "def late():\n    from schoolsim.figures import lines",
        "studies/store.py": "from schoolsim.parameters import Scenario",
    }
    assert circles(made_up(files)) == ["analysis", "evidence", "figures"]
    del files["evidence/targets.py"]
    assert circles(made_up({**files, "evidence/targets.py": ""})) == []
