"""Figures of one run: the life line of a partnership, and trust on the ties of schools."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.figures import FigureError
from schoolsim.figures.life_line import life_line_caption, life_line_figure, path_of, plot_life_line
from schoolsim.figures.trust import group_means, plot_trust, trust_caption, trust_figure
from schoolsim.stories import Story
from tests.figures.overlaps import faults


def row(half_term: int, **given: object) -> dict[str, object]:
    usual = {
        "half_term": half_term, "mode": "adaptation", "trust_partner": 0.3 + 0.01 * half_term, "trust_originator": 0.4,
        "mastery": 0.1 + 0.05 * half_term, "ahead": 0.8, "hours": 6.0, "together": 3.0, "pairs": 2, "pounds": 900.0,
        "events": "",
    }  # fmt: skip
    return {**usual, **given}


def told() -> Story:
    path = [row(0, events="they begin"), *(row(k) for k in range(1, 5)), row(5, events="the money stops"),
            row(8, events="they begin"), row(9)]  # fmt: skip
    return Story("Ash Bank Primary and Elm Park Primary (partnership 7)", 7, "asked for", 3, (), tuple(path))


def test_lines_are_those_of_the_path_and_stop_where_the_work_does() -> None:
    path = path_of(told())
    partner, other = plot_life_line(path).get_lines()[:2]
    assert partner.get_label() == "the partner's in the originator"
    heights = np.asarray(partner.get_ydata())
    assert heights[[0, 5, 8]].tolist() == pytest.approx([0.3, 0.35, 0.38])
    assert np.isnan(heights[[6, 7]]).all()
    assert np.asarray(partner.get_xdata())[0] == pytest.approx(0.5 / 6)
    assert other.get_label() == "the other way"


def test_what_happened_is_numbered_over_the_lines_and_told_below() -> None:
    ax = plot_life_line(path_of(told()), "hours")
    assert [text.get_text() for text in ax.texts] == ["1", "2", "3"]
    caption = life_line_caption(told())
    assert "1: year 1, autumn, they begin. 2: year 1, summer, second half, the money stops. 3: " in caption
    assert "learners' mastery from 0.10 to 0.55" in caption


def test_only_a_partnership_has_a_life_line() -> None:
    with pytest.raises(FigureError, match="drawn of a partnership, and Ms Bell is none"):
        life_line_figure(Story("Ms Bell", 1, "", 1, ()))
    with pytest.raises(FigureError, match='Did you mean "trust"'):
        plot_life_line(path_of(told()), "truste")
    with pytest.raises(FigureError, match="no half-term"):
        plot_life_line(path_of(told()).head(0))


def ties() -> pd.DataFrame:
    """Sixty ties: trust falls with rivalry, and is .2 higher where two schools work together."""
    rivalry = np.repeat([0.0, 0.05, 0.2, 0.4], 15)
    together = np.arange(60) % 3 == 0
    return pd.DataFrame({
        "first": range(60), "second": range(60, 120), "miles": np.arange(60) / 10.0, "rivalry": rivalry,
        "trust": 0.6 - rivalry + 0.2 * together, "partnership": together, "hostile": False,
    })  # fmt: skip


def test_groups_of_ties_are_as_large_and_have_their_means() -> None:
    means = group_means(ties(), "rivalry")
    assert means["n"].sum() == 60
    assert means["at"].iloc[0] == 0.0
    assert means["n"].iloc[0] == 15
    assert means["mean"].iloc[0] == pytest.approx(0.6 + 0.2 * 5 / 15)
    apart = group_means(ties()[~ties()["partnership"]], "rivalry")
    assert apart["mean"].tolist() == pytest.approx(sorted(apart["mean"], reverse=True))
    assert apart["mean"].iloc[[0, -1]].tolist() == pytest.approx([0.6, 0.2])


def test_trust_is_drawn_apart_for_rivals_and_for_partners() -> None:
    by_miles, by_rivalry = (plot_trust(ties(), along) for along in ("miles", "rivalry"))
    assert by_miles.get_legend_handles_labels()[1] == ["rivals (30)", "not rivals (30)"]
    assert by_rivalry.get_legend_handles_labels()[1] == ["working together (20)", "acquainted (40)"]
    dots = by_miles.get_lines()[0]
    assert len(dots.get_xdata()) == 30
    assert "between rivals 0.37; between others 0.64" in trust_caption(ties(), "One run")
    with pytest.raises(FigureError, match="no two schools are tied"):
        plot_trust(ties().head(0))
    with pytest.raises(FigureError, match='Did you mean "miles"'):
        plot_trust(ties(), "mile")


@pytest.mark.parametrize("width", [pytest.param("page", marks=pytest.mark.slow), "column"])
def test_they_are_legible(width: str) -> None:
    assert faults(life_line_figure(told(), width=width)) == []  # type: ignore[arg-type]
    assert faults(trust_figure(ties(), width=width)) == []  # type: ignore[arg-type]
