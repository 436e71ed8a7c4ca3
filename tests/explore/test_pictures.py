"""Maps and curves are drawn from the numbers of the run."""

from __future__ import annotations

import re

import numpy as np
import pytest

from schoolsim.explore import Session, curves, geometry
from tests.explore.conftest import after

NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def test_a_school_keeps_its_place(session: Session) -> None:
    before = session.map_of("A")["nodes"]
    assert after(session, 4).map_of("A")["nodes"] == before
    assert session.map_of("B")["nodes"] == before
    assert len({(node["x"], node["y"]) for node in before}) == 16


def test_schools_stand_as_they_do_on_the_ground(session: Session) -> None:
    table = session.sides["A"].system.simulation.table
    places = session.sides["A"].places
    assert np.corrcoef(table.easting, places[:, 0])[0, 1] > 0.95
    assert np.corrcoef(table.northing, places[:, 1])[0, 1] < -0.95  # down the page is south
    assert ((places > 0) & (places < [geometry.WIDTH, geometry.HEIGHT])).all()


def test_no_school_covers_another(session: Session) -> None:
    for layout in ("geographic", "force"):
        session.set_layout(layout)
        places = session.sides["A"].places
        apart = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
        assert apart[np.triu_indices(16, 1)].min() > 0.9 * geometry.APART
    assert session.layout_shown == "force"
    session.set_layout("forse")
    assert 'Did you mean "force"' in session.error


def test_every_tie_is_drawn_once_by_its_trust(session: Session) -> None:
    after(session, 2)
    state, places = session.sides["A"].state, session.sides["A"].places
    paths = geometry.acquaintance_paths(state, places)
    assert sum(path["d"].count("M") for path in paths) == int(state.ties.alive.sum())
    friendly = (state.ties.alive == 1) & (state.ties.hostile == 0)
    trust = 0.5 * (state.ties.trust_ab + state.ties.trust_ba)[friendly]
    for path in (path for path in paths if path["kind"] == "tie"):
        band = geometry.WIDTHS.index(path["width"])
        low, high = (0.0, *geometry.BANDS)[band], geometry.BANDS[band]
        assert path["d"].count("M") == int(((trust >= low) & (trust < high)).sum())


def test_those_who_have_fallen_out_are_drawn_apart(session: Session) -> None:
    state, places = session.sides["A"].state, session.sides["A"].places
    tie = int(np.flatnonzero(state.ties.alive == 1)[0])
    state.ties.hostile[:] = 0
    state.ties.hostile[tie] = 1
    last = geometry.acquaintance_paths(state, places)[-1]
    assert last["kind"] == "hostile"
    ends = np.rint([*places[state.ties.a[tie]], *places[state.ties.b[tie]]]).astype(int)
    assert [int(number) for number in NUMBERS.findall(last["d"])] == ends.tolist()


def test_partnerships_badges_and_roles_are_those_of_the_run(session: Session) -> None:
    drawn = after(session, 2).map_of("A")
    state = session.sides["A"].state
    table = state.partnerships
    alive = np.flatnonzero(table.alive == 1)
    assert [line["id"] for line in drawn["lines"]] == [str(uid) for uid in table.uid[alive].tolist()]
    assert [line["mode"] for line in drawn["lines"]] == table.mode[alive].tolist()
    assert [badge for badge, _ in drawn["marks"]] == (state.schools.badge > 0).astype(int).tolist()
    assert [role for _, role in drawn["marks"]] == state.schools.role.tolist()
    assert f"{len(alive)} partnerships at work" in drawn["alt"]


def test_a_real_school_has_its_own_name_and_that_of_its_stories() -> None:
    assert geometry.shown_name("Primary 12", "Ash Bank Primary") == "Ash Bank Primary"
    assert geometry.shown_name("St Mary's", "Ash Bank Primary") == "St Mary's (in stories: Ash Bank Primary)"


def test_a_curve_goes_through_the_values(session: Session) -> None:
    after(session, 3)
    chart = next(one for one in session.charts() if one["name"] == "trust.mean")
    values = session.sides["A"].system.simulation.series["trust.mean"]
    (left, top), (right, bottom), *_ = _points(chart["lines"][0]["d"])
    ticks = chart["ticks"]
    low, high = (float(ticks[place]["text"]) for place in (0, -1))
    per_unit = (ticks[0]["y"] - ticks[-1]["y"]) / (high - low)
    assert (top - bottom) / per_unit == pytest.approx(values[1] - values[0], abs=0.01)
    assert right > left
    assert chart["now"]["A"] == curves.short(float(values[-1]))
    assert chart["alt"].startswith("Trust between schools")


def test_the_difference_is_the_first_less_the_second(session: Session) -> None:
    after(session, 2)
    session.show_difference(True)
    chart = next(one for one in session.charts() if one["name"] == "partnerships.active")
    first, second = (side.system.simulation.series["partnerships.active"][-1] for side in session.sides.values())
    assert chart["now"]["A less B"] == curves.short(float(first - second)) != "0"
    assert [line["side"] for line in chart["lines"]] == ["A less B"]


def test_a_curve_breaks_off_where_there_is_no_value() -> None:
    assert curves._path([(0, 1), None, (2, 3), (3, 4), None]) == "M0.0 1h0.1M2.0 3L3.0 4"


def test_before_anything_ran_a_chart_has_no_values(session: Session) -> None:
    chart = session.charts()[0]
    assert chart["ticks"] == []
    assert chart["now"]["A"] == "–"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (12345.6, "12,346"), (-0.0321, "−0.0321"), (1.0, "1.00"), (3e-7, "3.0e−07")],
)
def test_a_number_is_short(value: float, text: str) -> None:
    assert curves.short(value) == text


def _points(path: str) -> list[tuple[float, float]]:
    found = [float(number) for number in NUMBERS.findall(path)]
    return list(zip(found[::2], found[1::2], strict=True))
