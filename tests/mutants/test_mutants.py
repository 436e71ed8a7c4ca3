"""The tool notices what a test notices, and reports what none does, in a small package of its own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.mutants.__main__ import EQUIVALENT, PACKAGE, all_mutants, is_listed, met_by, report
from tests.mutants.planting import Mutant, mutants_of, planted
from tests.mutants.running import Bench, Fate

TESTED = "def fare(miles, poor):\n    return 2 * miles if miles > 1 else 1\n"
UNTESTED = "\n\ndef discount(fare):\n    return fare - 1\n"
TESTS = """
from small.rules import fare
from small.rules import discount


def test_fares():
    assert [fare(miles, 0) for miles in (0, 1, 2, 3)] == [1, 1, 4, 6]
"""


def planted_in(source: str) -> dict[str, str]:
    """Every fault of a source: what it is, and what the last line becomes."""
    return {
        f"{mutant.kind}: {mutant.after}": planted(mutant, source).splitlines()[-1].strip()
        for mutant in mutants_of(Path("some.py"), source)
    }


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("a < b", {"a >= b", "a <= b"}),
        ("a == b", {"a != b"}),
        ("a + b", {"a - b"}),
        ("a * b", {"a / b"}),
        ("a and b", {"a or b"}),
        ("not a", {"a"}),
        ("3", {"4"}),
        ("0.5", {"0.75"}),
        ("True", {"False"}),
        ("range(a)", {"range(a - 1)"}),
        ("f(a, b)", {"f(b, a)"}),
        ("max(a, b)", set()),
        ("f(state, a)", set()),
        ("draws.uniform(seed, 3, a, b) < a", {"draws.uniform(seed, 3, a, b) >= a"}),
        ("'text'", set()),
    ],
)
def test_each_kind_of_fault_is_planted_and_nothing_that_cannot_matter(line: str, after: set[str]) -> None:
    assert set(planted_in(f"x = [{line}]").values()) == {f"x = [{each}]" for each in after}


def test_statements_go_and_conditions_turn() -> None:
    source = 'def f(a: int = 2) -> None:\n    """Text 3."""\n    if a:\n        a[0] += g(a)\n'
    found = {mutant.kind for mutant in mutants_of(Path("some.py"), source)}
    assert found == {"negated", "arithmetic", "constant", "deleted"}
    assert planted_in(source)["deleted: pass"] == "pass"


def test_numbers_that_only_name_a_draw_are_left_alone() -> None:
    source = "WHETHER, MINE = 0, 1\nLEAST = 2\nx = draws.uniform(1, WHETHER) + draws.uniform(2, MINE)\n"
    assert {mutant.before for mutant in mutants_of(Path("some.py"), source)} == {
        "2", "draws.uniform(1, WHETHER) + draws.uniform(2, MINE)",
    }  # fmt: skip


@pytest.fixture(scope="module")
def fates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Fate]]:
    """What became of every mutant of a function that is tested and of one that is not."""
    folder = tmp_path_factory.mktemp("mutants")
    package, repository = folder / "small", folder / "repository"
    for place in (package, repository, folder / "bench"):
        place.mkdir()
    (package / "__init__.py").write_text("")
    (package / "rules.py").write_text(TESTED + UNTESTED)
    (repository / "test_small.py").write_text(TESTS)
    bench = Bench(repository, folder / "bench", package, preloaded=("pytest",))
    assert bench.test(["test_small.py"], 60.0) == ("", 1)
    with pytest.raises(ValueError, match="no_such_file"):
        bench.test(["no_such_file.py"], 60.0)
    found: dict[str, list[Fate]] = {"fare": [], "discount": []}
    for mutant in mutants_of(Path("rules.py"), TESTED + UNTESTED):
        if len(found[mutant.function]) < 2:  # a few: each takes a second
            found[mutant.function].append(bench.fate(mutant, ["test_small.py"], 60.0))
    assert (bench.package / "rules.py").read_text() == TESTED + UNTESTED
    return found


def test_a_planted_fault_is_noticed_and_the_test_that_does_is_named(fates: dict[str, list[Fate]]) -> None:
    assert len(fates["fare"]) == 2
    assert {fate.killer for fate in fates["fare"]} == {"test_small.py::test_fares"}


def test_what_no_test_looks_at_is_reported(fates: dict[str, list[Fate]]) -> None:
    survivors = [str(fate.mutant) for fate in fates["discount"] if not fate.killer]
    assert survivors == [
        "rules.py:6 discount: arithmetic: `fare - 1` -> `fare + 1`", "rules.py:6 discount: constant: `1` -> `2`",
    ]  # fmt: skip


def test_the_share_is_given_with_and_without_what_changes_nothing() -> None:
    mutant = next(mutants_of(Path("some.py"), "x = a + b"))
    words, share = report([Fate(mutant, "a test"), Fate(mutant, "another"), Fate(mutant, ""), Fate(mutant, "")], 1)
    assert words.startswith("Noticed: 2 of 3 (66.7%); 50.0% of all 4, with 1 listed")
    assert share == pytest.approx(2 / 3)


def test_what_is_listed_as_changing_nothing_is_still_there() -> None:
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    mutants: list[Mutant] = all_mutants()
    assert len(mutants) > 5000
    for one in listed:
        assert one["reason"]
        assert any(is_listed(mutant, [one]) for mutant in mutants), one


def test_a_fault_meets_its_own_subjects_tests_first() -> None:
    assert met_by(Path("system/trust/hostility.py"))[0] == "tests/system/test_trust.py"
    assert met_by(Path("system/phases/policy.py"))[0] == "tests/system/test_phase_order.py"
    assert met_by(Path("rules/trust.py"))[0].startswith("tests/rules/test_cases.py")
    for name in ("rules/trust.py", "system/headship.py"):
        for test in met_by(PACKAGE.joinpath(name).relative_to(PACKAGE)):
            assert (PACKAGE.parents[1] / test.split("::")[0]).is_file()
