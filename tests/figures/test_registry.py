"""What a config may ask for, and what it gets."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.analysis import AnalysisError, contrast, half_term_runs, spread_table
from schoolsim.analysis.quantities import decimals_for, number
from schoolsim.figures import FIGURES, FigureError, Tables, draw, draw_figures
from schoolsim.figures.options import ContrastOptions
from schoolsim.outcomes.catalog import OUTCOMES as CATALOGUE
from schoolsim.parameters import REGISTRY, UserError
from tests.analysis.made_up_study import COLUMNS, OUTCOMES, PROVENANCE
from tests.figures.conftest import SETTING
from tests.figures.overlaps import faults, text_boxes

COMPARING = [kind for kind, one in FIGURES.items() if issubclass(one.options, ContrastOptions)]
COMPARING = [kind for kind in COMPARING if kind not in ("dose", "plane")]  # which need other tables: their own tests
FIRST = ("contrast", "series")
"""Of these all that a reader sees is read each time; of the others when slow tests run."""


def drawn(runs: pd.DataFrame, series: pd.DataFrame | None = None, **options: object) -> pd.DataFrame:
    """The numbers of the figure that the options ask for."""
    return draw(Tables(runs, series, COLUMNS), options, PROVENANCE).table


def test_a_kind_alone_is_enough(runs: pd.DataFrame) -> None:
    table = drawn(runs, kind="contrast")
    expected = contrast(runs, "badging.scope", baseline="none", outcomes=OUTCOMES, by=[SETTING])
    pd.testing.assert_frame_equal(table, expected)


def test_every_option_of_a_contrast_is_heeded(runs: pd.DataFrame) -> None:
    table = drawn(
        runs,
        kind="contrast",
        lever="funding.purse",
        baseline="partnership",
        outcomes=["progress.partner"],
        panels="badging.scope",
        confidence=0.5,
    )
    expected = contrast(
        runs,
        "funding.purse",
        baseline="partnership",
        outcomes=["progress.partner"],
        by=["badging.scope"],
        confidence=0.5,
    )
    pd.testing.assert_frame_equal(table, expected)


def test_panels_can_be_refused(runs: pd.DataFrame) -> None:
    assert SETTING not in drawn(runs, kind="contrast", panels="")


def test_width_is_heeded(runs: pd.DataFrame) -> None:
    tables = Tables(runs, None, {})
    figure = draw(tables, {"kind": "contrast", "width": "column"}, PROVENANCE).figure
    assert figure.get_figwidth() == 3.5


def test_every_option_of_a_series_is_heeded(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    table = drawn(
        runs,
        series,
        kind="series",
        show="level",
        band="spread",
        share=0.5,
        outcomes=["trust.mean"],
        panels="",
    )
    expected = spread_table(
        half_term_runs(series, runs),
        outcomes=["trust.mean"],
        by=["badging.scope", "half_term"],
        share=0.5,
    )
    pd.testing.assert_frame_equal(table, expected)
    assert "level" in drawn(runs, series, kind="series")


@pytest.mark.parametrize("show", ["difference", pytest.param("level", marks=pytest.mark.slow)])
def test_half_terms_before_an_outcome_has_values_are_left_out(
    runs: pd.DataFrame, series: pd.DataFrame, show: str
) -> None:
    """Nobody is a partner before the policy begins: those half-terms are blank in every run."""
    early = (series["half_term"] < 6) & (series["outcome"] == "progress.partner")
    blank = series.assign(value=series["value"].mask(early))
    shown = drawn(runs, blank, kind="series", show=show, outcomes=["progress.partner", "trust.mean"])
    expected = drawn(runs, series[series["half_term"] >= 6], kind="series", show=show)
    pd.testing.assert_frame_equal(shown, expected)
    assert set(drawn(runs, blank, kind="series", show=show, outcomes=["trust.mean"])["half_term"]) == {*range(24)}
    hole = (blank["run"] == runs.loc[0, "run"]) & (blank["half_term"] == 9) & (blank["outcome"] == "trust.mean")
    with pytest.raises(AnalysisError, match="not a finite number in 1 of"):
        drawn(runs, blank.assign(value=blank["value"].mask(hole)), kind="series", show=show)
    never = series.assign(value=series["value"].mask(series["outcome"] == "trust.mean"))
    with pytest.raises(FigureError, match="trust.mean has no value in any half-term"):
        drawn(runs, never, kind="series", show=show)


def test_the_baseline_of_levels_comes_first(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    table = drawn(runs, series, kind="series", show="level", baseline="collective")
    assert list(table["badging.scope"].unique()) == ["collective", "none", "individual"]


def test_a_constant_outcome_is_known_by_its_role(runs: pd.DataFrame) -> None:
    runs.insert(9, "pounds.spent", runs["point"] * 1000.0)
    columns = [{"name": name, "role": "outcome"} for name in ("pounds.spent", *OUTCOMES)]
    tables = Tables(runs, None, columns)
    options = {"kind": "contrast", "outcomes": ["trust.mean"]}
    assert draw(tables, options, PROVENANCE).table["n"].tolist() == [20] * 4


def refused(runs: pd.DataFrame, series: pd.DataFrame | None = None, **options: object) -> str:
    with pytest.raises(UserError) as error:
        drawn(runs, series, **options)
    assert isinstance(error.value, FigureError | AnalysisError)
    return str(error.value)


def test_mistakes_are_told_with_the_nearest_name(runs: pd.DataFrame) -> None:
    assert 'Did you mean "contrast"?' in refused(runs, kind="contrst")
    assert 'Did you mean "baseline"?' in refused(runs, kind="contrast", basline="none")
    assert 'no option "show"' in refused(runs, kind="contrast", show="level")
    assert "'column' or 'page'" in refused(runs, kind="contrast", width="wide")
    assert "confidence = 95" in refused(runs, kind="contrast", confidence=95)
    assert "outcomes = 'trust.mean'" in refused(runs, kind="contrast", outcomes="trust.mean")
    assert 'Did you mean "badging.scope"?' in refused(runs, kind="contrast", lever="badging.scop")
    assert 'Did you mean "trust.mean"?' in refused(runs, kind="contrast", outcomes=["trust.maen"])
    assert 'Did you mean "none"?' in refused(runs, kind="contrast", baseline="nonee")
    assert "kept none" in refused(runs, kind="series")
    assert 'Did you mean "share"?' in refused(runs, kind="series", shares=0.5)


def test_a_study_that_sweeps_nothing_is_refused(runs: pd.DataFrame) -> None:
    one = runs[runs["point"] == 0].drop(columns=["badging.scope", "funding.purse", "market.choice_weight"])
    assert "sweeps nothing" in refused(one, kind="contrast")


def test_the_only_swept_column_is_the_lever_not_the_panels(runs: pd.DataFrame) -> None:
    two = runs[runs["point"].isin([0, 1])].drop(columns=["badging.scope", "funding.purse"])
    table = drawn(two, kind="contrast", outcomes=["trust.mean"])
    assert table["lever"].tolist() == [SETTING]
    assert table["level"].tolist() == [1.0]


@pytest.mark.slow
def test_all_files_of_all_figures_are_written(runs: pd.DataFrame, series: pd.DataFrame, tmp_path: Path) -> None:
    before = runs.copy()
    rows = pd.DataFrame([{"name": name, **row} for name, row in COLUMNS.items()])
    config = [
        {"kind": "contrast", "name": "What badges do", "outcomes": ["progress.partner"]},
        {"kind": "series", "outcomes": ["trust.mean"]},
    ]
    files = draw_figures(runs, series, rows, config, PROVENANCE, tmp_path / "figures")
    names = [f"{name}{e}" for name in ("What_badges_do", "2_series")
             for e in (".png", ".svg", ".pdf", ".txt", ".csv")]  # fmt: skip
    assert [file.name for file in files] == names
    assert all(file.stat().st_size > 100 for file in files)
    caption = (tmp_path / "figures" / "What_badges_do.txt").read_text(encoding="utf-8")
    for words in (
        "Differences from no badge (badging.scope = none)",
        "low competition (market.choice_weight = 0) and high competition",
        "Bars: 95% interval of that mean, n = 20 paired replications.",
        "Averaged within each replication over Who holds the purse (funding.purse).",
        "mean gain in published results",
        "Study badging_funding, schoolsim 0.1.0, commit 0123abcd",
    ):
        assert words in caption
    numbers = pd.read_csv(tmp_path / "figures" / "What_badges_do.csv", keep_default_na=False)
    assert numbers["mean"].tolist() == pytest.approx(
        drawn(runs, kind="contrast", outcomes=["progress.partner"])["mean"].tolist(), abs=0
    )
    pd.testing.assert_frame_equal(runs, before)


@pytest.mark.parametrize(
    ("options", "seen"),
    [
        ({"kind": "contrast"}, "Points with bars: the difference in "),
        ({"kind": "series"}, "Lines through the years, with bands. At the end, the difference in "),
        ({"kind": "series", "show": "level"}, "Lines through the years, with bands. At the end, progress in partner"),
    ],
)
def test_what_is_seen_is_told_with_its_ends(
    runs: pd.DataFrame, series: pd.DataFrame, options: dict[str, object], seen: str
) -> None:
    made = draw(
        Tables(runs, series, COLUMNS), {**options, "outcomes": ["progress.partner"], "panels": SETTING}, PROVENANCE
    )
    assert made.alt.startswith(seen)
    last = made.table[made.table["half_term"] == 23] if "half_term" in made.table else made.table
    digits = decimals_for(float(last["mean"].min()), float(last["mean"].max()))
    for end in (last["mean"].min(), last["mean"].max()):
        assert f" {number(float(end), digits)} (" in made.alt
    assert "low competition" in made.alt or "high competition" in made.alt


@pytest.mark.parametrize("kind", ["contrast", "series"])
def test_a_month_of_progress_stands_under_figures_of_progress(
    runs: pd.DataFrame, series: pd.DataFrame, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tables, "month", 1.7)
    yardstick = "A month of progress is 1.7 percentage points."
    for outcome, known in (("progress.partner", True), ("trust.mean", False)):
        made = draw(Tables(runs, series, COLUMNS), {"kind": kind, "outcomes": [outcome]}, PROVENANCE)
        under = " ".join(" ".join(words for words, _ in text_boxes(made.figure)).split())
        assert [yardstick in text for text in (under, made.short, made.caption)] == [known] * 3


def test_two_figures_of_one_name_are_refused(runs: pd.DataFrame, tmp_path: Path) -> None:
    config = [{"kind": "contrast", "name": "same"}] * 2
    with pytest.raises(FigureError, match="two figures have the name same"):
        draw_figures(runs, None, {}, config, PROVENANCE, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_names_stay_in_the_folder(runs: pd.DataFrame, tmp_path: Path) -> None:
    config = [{"kind": "contrast", "name": "../../up", "outcomes": ["trust.mean"]}]
    files = draw_figures(runs, None, {}, config, PROVENANCE, tmp_path)
    assert {file.parent for file in files} == {tmp_path}


def test_left_out_pairs_and_other_intervals_are_said(runs: pd.DataFrame) -> None:
    runs.loc[5, "status"] = "failed"
    options = {"kind": "contrast", "confidence": 0.9}
    caption = draw(Tables(runs, None, {}), options, PROVENANCE).caption
    assert "Bars: 90% interval" in caption
    # One failed run without badges: a pair of individual and a pair of collective badges.
    assert "n = 20 paired replications, 2 incomplete pairs left out" in caption


def test_runs_left_out_are_counted_once(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    runs.loc[5, "status"] = "failed"
    tables = Tables(runs, series[series["run"] != runs.loc[5, "run"]], {})
    differences = draw(tables, {"kind": "series"}, PROVENANCE).caption
    assert "2 incomplete pairs left out" in differences
    levels = draw(tables, {"kind": "series", "show": "level"}, PROVENANCE).caption
    assert "n = 20 replications, 1 failed run left out" in levels


@pytest.mark.parametrize("kind", COMPARING)
@pytest.mark.parametrize("width", ["page", pytest.param("column", marks=pytest.mark.slow)])
def test_every_kind_is_legible_with_awkward_tables(
    runs: pd.DataFrame, series: pd.DataFrame, kind: str, width: str
) -> None:
    runs["an_outcome.with_a_rather_long_name"] = runs["trust.mean"] * 1e-5
    runs["pounds.spent"] = runs["progress.partner"] * 1e6
    options = {"kind": kind, "width": width, "lever": "funding.purse", "panels": "badging.scope"}
    assert faults(draw(Tables(runs, series, {}), options, PROVENANCE).figure) == []


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[] if kind in FIRST else [pytest.mark.slow]) for kind in COMPARING]
)
@pytest.mark.parametrize(
    "options",
    [
        {"lever": "funding.purse", "panels": "badging.scope"},
        pytest.param({}, marks=pytest.mark.slow),
        pytest.param({"panels": ""}, marks=pytest.mark.slow),
    ],
)
def test_no_identifier_reaches_a_reader_but_in_brackets(
    runs: pd.DataFrame, series: pd.DataFrame, kind: str, options: dict[str, object]
) -> None:
    made = draw(Tables(runs, series, COLUMNS), {"kind": kind, **options}, PROVENANCE)
    text = re.sub(r"\([^()]*\)", "", made.caption)
    text += " ".join(words for words, _ in text_boxes(made.figure))
    assert [name for name in (*REGISTRY, *CATALOGUE) if name in text] == []
