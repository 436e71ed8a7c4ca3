"""The page of what programmes and recommendations do says what they do."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from schoolsim.config import list_configs, load_config

PAGE = (Path(__file__).parents[2] / "docs" / "programmes.md").read_text(encoding="utf-8")
NUMBER = re.compile(r"[+-]\d[\d.e+-]*")


def rows(part: str) -> list[list[str]]:
    """Cells of a measured table of the page."""
    text = PAGE.partition(f"<!-- measured: {part} -->")[2].partition(f"<!-- /measured: {part} -->")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")][2:]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def expected(kind: str, only: str) -> list[tuple[str, str, str]]:
    """What the configs expect, as the page should tell it."""
    return [
        (entry.name.rpartition("/")[2], f"`{one.outcome}` {one.change}", one.because)
        for entry in list_configs(kind)
        if only in entry.name
        for one in load_config(entry.name).expects
    ]


@pytest.mark.parametrize(
    ("part", "kind", "only"), [("programmes", "programmes", ""), ("recommendations", "studies", "/recommendations/")]
)
def test_every_expectation_is_on_the_page(part: str, kind: str, only: str) -> None:
    found = [tuple(row[:3]) for row in rows(part)]
    assert found == expected(kind, only), "run `make measured`"


def test_every_programme_differs_as_its_source_says_or_the_page_says_it_does_not() -> None:
    verdicts: dict[str, set[str]] = {}
    for row in rows("programmes"):
        verdicts.setdefault(row[0], set()).update(row[-1].split("; "))
    assert set(verdicts) == {entry.name.partition("/")[2] for entry in list_configs("programmes")} - {"no_programme"}
    told = {name for name in verdicts if f"`{name}`" in PAGE}
    assert {name for name, seen in verdicts.items() if "yes" not in seen} <= told


@pytest.mark.parametrize(
    ("low", "high", "change", "verdict"),
    [
        (0.1, 0.3, "rises", "yes"), (0.1, 0.3, "falls", "the other way"), (-0.1, 0.3, "rises", "not seen"),
        (-0.3, -0.1, "falls", "yes"), (-0.5, 0.5, "stays", "yes"), (-0.5, 2.0, "stays", "no: it varies"),
        (0.5, 2.0, "stays", "no: it rises"), (-2.0, -0.5, "stays", "no: it falls"),
    ],
)  # fmt: skip
def test_a_verdict(low: float, high: float, change: str, verdict: str, measuring: ModuleType) -> None:
    assert measuring.Difference((low + high) / 2, low, high, 10.0).verdict(change) == verdict


def test_one_programme_measured_anew_leaves_the_others_as_they_are(measuring: ModuleType) -> None:
    part = PAGE.partition("<!-- measured: programmes -->")[2].partition("<!-- /measured: programmes -->")[0]
    own = [line for line in part.splitlines() if line.startswith("| beacon |")]
    cells = [tuple(row) for row in rows("programmes") if row[0] == "beacon"]
    assert measuring.with_programme(PAGE, "beacon", cells) == PAGE
    changed = measuring.with_programme(PAGE, "beacon", cells[:1])
    assert [line for line in PAGE.splitlines() if line not in own[1:]] == changed.splitlines()


def test_pairs_without_a_number_are_left_out(measuring: ModuleType) -> None:
    nan = float("nan")
    found = measuring.paired(measuring.np.array([1.0, nan, 3.0, 2.0]), measuring.np.array([0.5, 1.0, nan, 1.0]))
    assert (found.mean, found.baseline) == (0.75, 0.75)
    assert found.low < 0.75 < found.high


def close(one: str, other: str) -> bool:
    """Two cells of numbers that agree to what rounding and another machine's arithmetic may do."""
    first, second = ([float(number) for number in NUMBER.findall(cell)] for cell in (one, other))
    scale = max(map(abs, first), default=0.0)
    return first == pytest.approx(second, rel=0.02, abs=0.02 * scale)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_what_programmes_do_is_what_the_page_says(measuring: ModuleType) -> None:
    for on_page, now in zip(rows("programmes"), measuring.programme_table(), strict=True):
        assert all(close(one, other) for one, other in zip(on_page[3:5], now[3:5], strict=True)), (on_page, now)
        assert on_page[-1] == now[-1]


@pytest.mark.slow
def test_what_recommendations_do_is_what_the_page_says(measuring: ModuleType) -> None:
    for on_page, now in zip(rows("recommendations"), measuring.recommendation_table(), strict=True):
        assert close(on_page[3], now[3]), (on_page, now)
        assert on_page[-1] == now[-1]
