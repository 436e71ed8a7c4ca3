"""CONTRIBUTING.md followed literally works: its examples, put where it says, pass the tests it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.following import commands, copy_of_the_tree, follow, replace, type_in

PAGES = "tests/docs/test_generated.py::test_every_page_is_in_step_with_the_code"
PHASES = "src/schoolsim/system/phases/__init__.py"
#: What a change is held to without the compiler: seconds rather than minutes.
PLAIN = {"NUMBA_DISABLE_JIT": "1"}
ALL_KNOWN = """
from schoolsim.config import load_config
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.rules.trust import after_summer
from schoolsim.system.phases import PHASES
load_config('programmes/partnership_badge')
assert 'trust.summer' in REGISTRY and 'trust.lowest' in OUTCOMES and PHASES[-1][0] == 'summer'
assert REGISTRY['trust.summer_school'].scope == 'area'
"""


def add_programme(tree: Path) -> None:
    follow("Adding a programme", tree)


def add_parameter(tree: Path) -> None:
    follow("Adding a parameter", tree)


def add_mechanism(tree: Path) -> None:
    """The blocks, and what the text says in words: import the phase, put it last, name it; say which way it pushes."""
    add_parameter(tree)
    follow("Adding a mechanism", tree)
    replace(tree / PHASES, "    relations,\n)", "    relations,\n    summer,\n)")
    replace(tree / PHASES, "outcomes, careers,\n)", "outcomes, careers, summer,\n)")
    replace(tree / "src/schoolsim/system/school_system.py", "    11. careers\n", "    11. careers\n    12. summer\n")
    line = 'once a year people leave, move and arrive.",\n'
    replace(tree / "docs/explanation_figures.py", line, f'{line}    "summer": "Trust wears over the summer.",\n')
    replace(
        tree / "tests/system/test_phases.py",
        "World(made_table(13), PROGRAMME, 13,",
        'World(made_table(13), {**PROGRAMME, "trust.summer": 0.2}, 13,',
    )
    replace(
        tree / "tests/rules/test_signs.py",
        '    "trust.breach_chance": {',
        '    "trust.after_summer": {"trust": "rises"},\n    "trust.breach_chance": {',
    )


def add_outcome(tree: Path) -> None:
    follow("Adding an outcome", tree)
    replace(tree / "src/schoolsim/outcomes/trust.py", "import Outcome, Pass", "import Measure, Outcome, Pass")


def add_lever(tree: Path) -> None:
    """The blocks; imported and called in a phase, with its sign."""
    follow("Adding a lever", tree)
    phase = tree / "src/schoolsim/system/phases/relations.py"
    name = "from schoolsim.system.trust.people import keep_up_with_people\n"
    replace(phase, name, f"{name}from schoolsim.system.trust.summer_school import hold_summer_schools\n")
    line = "    settle_confidence(state, p)\n"
    replace(phase, line, f"    if clock.year_ends:\n        hold_summer_schools(state, p)\n{line}")
    replace(
        tree / "tests/rules/test_signs.py",
        '    "trust.breach_chance": {',
        '    "trust.after_summer_school": {"trust": "rises"},\n    "trust.breach_chance": {',
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copy_of_the_tree(tmp_path)


def test_what_is_added_by_the_text_is_taken_in(tree: Path) -> None:
    """One of each, in one copy: the model imports them and knows them."""
    add_programme(tree)
    add_mechanism(tree)
    add_lever(tree)
    add_outcome(tree)
    type_in(f'python -c "{ALL_KNOWN}"', tree, **PLAIN)


@pytest.mark.slow
def test_what_is_added_by_the_text_is_understood_and_agrees_with_its_cases(tree: Path) -> None:
    """The same, with what the text says to run; the last test adds each by itself."""
    add_programme(tree)
    explain, *_ = commands("Adding a programme")
    assert explain.startswith("schoolsim explain")
    type_in(explain, tree)  # before the model is changed, which would be compiled anew
    add_mechanism(tree)
    add_lever(tree)
    add_outcome(tree)
    type_in("python docs/generate.py", tree, **PLAIN)
    schedule = (tree / "docs" / "odd.md").read_text(encoding="utf-8")
    assert "12. **Summer**" in schedule
    assert "after_summer(" in schedule
    type_in("schoolsim show trust.lowest", tree, **PLAIN)
    type_in(
        f"python -m pytest tests/programmes/test_second_coding.py tests/docs/test_coverage.py {PAGES}"
        " tests/rules/test_cases.py tests/parameters tests/analysis/test_words.py tests/architecture/test_subjects.py"
        " -k 'not without_the_compiler'",
        tree, seconds=240.0, **PLAIN,
    )  # fmt: skip


@pytest.mark.slow
def test_a_programme_half_added_is_refused(tree: Path) -> None:
    add_programme(tree)
    replace(tree / "configs/programmes/partnership_badge.toml", "# recommendation 8: a collective badge", "")
    with pytest.raises(AssertionError, match="test_what_is_no_reading_was_coded_twice"):
        type_in("python -m pytest tests/programmes/test_second_coding.py", tree, **PLAIN)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("heading", "add"),
    [
        ("Adding a programme", add_programme),
        ("Adding a mechanism", add_mechanism),
        ("Adding a lever", add_lever),
        ("Adding an outcome", add_outcome),
    ],
)
def test_all_commands_of_the_text_work(heading: str, add: object, tree: Path) -> None:
    assert callable(add)
    add(tree)
    typed = commands(heading)
    assert typed
    for command in typed:
        # This test's own file is left out: it would follow the text within the copy.
        ignored = " --ignore tests/docs/test_contributing.py" if "tests/docs" in command else ""
        type_in(command + ignored, tree, seconds=1500.0)
