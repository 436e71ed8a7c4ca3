"""A study with a point that no school system can have is refused when it is read, with the point."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim import SchoolSystem
from schoolsim.config import config_from_mapping, load_config
from schoolsim.parameters import REGISTRY, UserError
from schoolsim.studies import Study
from tests.cli.conftest import Type, typed  # noqa: F401  (a fixture)
from tests.config.conftest import Refusal, Write

SHARES = "secondary and special schools are parts of all schools, so their shares add up to 1 at most."
TASKS = "the shortest task cannot be longer than the longest."

REFUSED = {
    "two values": (
        "[uncertainties]\n'setting.special_share' = 0.4\n'setting.secondary_share' = 0.7",
        f'2: "setting.secondary_share" = 0.7 and "setting.special_share" = 0.4 cannot be together: {SHARES}',
    ),
    "one value beside a default": (
        "[constants]\n'end.task_least' = 30",
        f'2: "end.task_least" = 30 and "end.task_most" = 24 cannot be together: {TASKS}',
    ),
    "a level of a grid": (
        "[constants]\n'end.task_least' = [1, 30, 2]",
        f'2: "end.task_least" = 30 and "end.task_most" = 24, at a point of the design, cannot be together: {TASKS}',
    ),
    "levels of a range": (
        "[constants]\n'end.task_least' = { low = 1, high = 30, levels = 3 }",
        f'2: "end.task_least" = 30 and "end.task_most" = 24, at a point of the design, cannot be together: {TASKS}',
    ),
    "one combination of two lists": (
        "[uncertainties]\n'setting.secondary_share' = [0.1, 0.6]\n'setting.special_share' = [0.3, 0.5, 0.1]",
        '3: "setting.secondary_share" = 0.6 and "setting.special_share" = 0.5, at a point of the design, '
        f"cannot be together: {SHARES}",
    ),
    "a corner of a sampled box": (
        "[uncertainties]\n'setting.secondary_share' = { low = 0.0, high = 0.6 }\n"
        "'setting.special_share' = { low = 0.0, high = 0.5 }\n[design]\nkind = 'lhs'\npoints = 4",
        '3: "setting.secondary_share" = 0.6 and "setting.special_share" = 0.5, at a corner of the design, '
        f"cannot be together: {SHARES}",
    ),
    "a linked row": (
        "[[linked]]\nparameters = ['setting.secondary_share', 'setting.special_share']\n"
        "values = [[0.6, 0.1], [0.6, 0.5], [0.1, 0.5]]",
        '1: "setting.secondary_share" = 0.6 and "setting.special_share" = 0.5, at a point of the design, '
        f"cannot be together: {SHARES}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_a_config_that_is_impossible_somewhere_is_refused(refusal: Refusal, kind: str) -> None:
    text, message = REFUSED[kind]
    assert refusal(text) == [f"study.toml:{message}"]


def test_linked_rows_that_are_possible_are_taken_where_their_columns_alone_would_not_be(write: Write) -> None:
    write(
        "study.toml",
        "[[linked]]\nparameters = ['setting.secondary_share', 'setting.special_share']\n"
        "values = [[0.9, 0.1], [0.1, 0.9]]",
    )
    assert load_config("study").linked


def test_a_violation_that_comes_from_a_base_is_told_where_it_was_made(write: Write) -> None:
    write("base.toml", "[constants]\n'end.task_least' = 18")
    write("study.toml", "base = 'base'\n[constants]\n'end.task_most' = 12")
    with pytest.raises(UserError, match=r'^study.toml:3: "end.task_least" = 18 and "end.task_most" = 12 cannot'):
        load_config("study")


def test_a_large_grid_is_checked_in_no_time(write: Write) -> None:
    levels = [number / 20_000 for number in range(10_000)]
    write("study.toml", f"[uncertainties]\n'setting.secondary_share' = {levels}\n'setting.special_share' = {levels}")
    assert len(load_config("study").axes()) == 2


# --- every way in --------------------------------------------------------------------------------

WRONG = {"end.task_least": 30}


def test_python_refuses_it_too(write: Write) -> None:
    with pytest.raises(UserError, match=TASKS):
        config_from_mapping({"constants": WRONG})
    with pytest.raises(UserError, match=TASKS):
        config_from_mapping({"constants": WRONG}, on=config_from_mapping({"title": "x"}))
    with pytest.raises(UserError, match=TASKS):
        config_from_mapping({}).scenario(WRONG)
    with pytest.raises(UserError, match=TASKS):
        SchoolSystem(parameters=WRONG)
    with pytest.raises(UserError, match=TASKS):
        SchoolSystem(end_task_least=30)


@pytest.mark.parametrize("command", ["explain", "run", "sweep"])
def test_commands_refuse_it_before_anything_starts(command: str, typed: Type, write: Write, folder: Path) -> None:  # noqa: F811
    write("study.toml", "[constants]\n'end.task_least' = 30")
    for words in (["study.toml"], ["programmes/beacon", "-p", "end.task_least=30"]):
        said = typed(command, *words)
        assert (said.code, said.out) == (2, "")
        assert TASKS in said.err
    assert [path.name for path in folder.iterdir()] == ["study.toml"]


# --- points from a file --------------------------------------------------------------------------

FILE = "[design]\nkind = 'file'\nfile = 'points.csv'\n"


def test_points_of_a_file_are_checked_when_it_is_read(write: Write, typed: Type) -> None:  # noqa: F811
    write("points.csv", "setting.secondary_share,setting.special_share\n0.5,0.5\n0.9,0.1\n0.6,0.5\n")
    write("study.toml", FILE)
    study = Study(load_config("study"))
    with pytest.raises(UserError) as caught:
        study.points()
    expected = (
        '"setting.secondary_share" = 0.6 and "setting.special_share" = 0.5, at point 3 of the design, '
        f"cannot be together: {SHARES}"
    )
    assert str(caught.value).endswith(f"points.csv: {expected}")
    said = typed("explain", "study.toml")
    assert said.code == 2
    assert expected in said.err


def test_a_value_that_only_a_file_completes_is_left_to_the_file(write: Write) -> None:
    """A file may set the parameter that a default would not go with."""
    write("points.csv", "end.task_most\n30\n40\n")
    write("study.toml", f"[levers]\n'badging.scope' = ['none', 'individual']\n[constants]\n{FILE}")
    assert REGISTRY["end.task_least"].role == "constant"
    assert len(Study(load_config("study")).points()) == 4
    write("points.csv", "end.task_least\n30\n")
    with pytest.raises(UserError, match=TASKS):
        Study(load_config("study")).points()


def test_what_is_set_beside_a_file_is_checked_too(write: Write) -> None:
    write("points.csv", "market.choice_weight\n0.3\n")
    text = "[constants]\n'end.task_least' = 30\n'end.task_most' = {}\n" + FILE
    write("study.toml", text.format(40))
    Study(load_config("study")).points()
    write("study.toml", text.format(29))
    with pytest.raises(UserError, match=TASKS):
        load_config("study")
    write("study.toml", "[constants]\n'end.task_least' = 30\n" + FILE)
    with pytest.raises(UserError, match=TASKS):
        Study(load_config("study")).points()
