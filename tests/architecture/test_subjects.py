"""Everything is named for a subject of the one list."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.parameters import REGISTRY
from schoolsim.parameters.catalog import SUBJECTS as PARAMETERS
from tests.architecture.conftest import MadeUp
from tests.architecture.sources import Module
from tests.architecture.subjects import BESIDES, SUBJECTS, names_in, unlisted


def test_every_file_is_named_for_a_subject(modules: list[Module]) -> None:
    assert unlisted(modules) == []


def test_every_name_on_the_list_is_in_use(modules: list[Module]) -> None:
    used = {folder: names_in(folder, modules) for folder in BESIDES}
    assert set(SUBJECTS) <= set.union(*used.values())
    for folder, besides in BESIDES.items():
        assert besides <= used[folder], folder


def test_cases_of_rules_are_named_for_subjects(repository: Path) -> None:
    cases = {file.stem for file in (repository / "tests" / "cases").glob("*.toml")}
    assert cases
    assert cases <= {*SUBJECTS, "shapes"}


def test_a_prefix_is_in_the_file_of_one_subject() -> None:
    """`trust.*` is looked for in one file of the catalogue."""
    homes: dict[str, set[int]] = {}
    for number, parameters in enumerate(PARAMETERS):
        for spec in parameters:
            homes.setdefault(spec.name.split(".")[0], set()).add(number)
    homes.pop("mechanism", None)
    assert {prefix: found for prefix, found in homes.items() if len(found) > 1} == {}
    assert len(homes) > 30
    assert REGISTRY


@pytest.mark.parametrize(
    "place",
    [
        "rules/networking.py", "system/zones.py", "system/meetings/calls.py", "outcomes/words.py",
        "parameters/catalog/arrangements.py",
    ],
)  # fmt: skip
def test_another_name_is_seen(place: str, made_up: MadeUp) -> None:
    (finding,) = unlisted(made_up({place: "", "rules/trust.py": ""}))
    assert finding.startswith(place.removesuffix(".py").removesuffix("/calls"))


def test_names_on_the_list_pass(made_up: MadeUp) -> None:
    files = {"rules/trust.py": "", "system/trust/ties.py": "", "system/state/slots.py": "", "config/zones.py": ""}
    assert unlisted(made_up(files)) == []
