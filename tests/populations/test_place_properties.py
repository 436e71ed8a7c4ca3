"""Whatever stands in the cells: a right reading or a clear refusal, and no figure out of nothing."""

from __future__ import annotations

import contextlib
import string
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolsim.populations import PopulationError, build_place, read_schools
from schoolsim.populations.official.missing_codes import MISSING, SMALL, numbers
from tests.populations import official_files as files
from tests.populations.made_up import COLUMNS

CODES = sorted(code for code in MISSING | SMALL if code) + ["", "SUPP", "NE", "[c]", "Not Applicable"]
CELLS = st.one_of(
    st.sampled_from(CODES),
    st.integers(-5, 4000).map(str),
    st.floats(0, 120).map(lambda value: f"{value:.1f}"),
    st.integers(0, 100).map(lambda value: f"{value}%"),
    st.text(string.printable, max_size=8).filter(lambda text: "\0" not in text),
)
STATES = st.sampled_from(["Open", "Closed", "Open, but proposed to close", "Proposed to open", "", "1", "2"])
REGISTERED = st.lists(
    st.fixed_dictionaries({
        "roll": CELLS, "fsm": CELLS, "places": CELLS, "east": st.one_of(CELLS, st.just("440000")),
        "status": STATES, "phase": st.sampled_from(["Primary", "Secondary", "Not applicable", "", "All-through"]),
    }),
    min_size=1, max_size=8,
)  # fmt: skip
SURVEYED = st.lists(
    st.fixed_dictionaries({"NOR": CELLS, "NUMFSM": CELLS, "SCHOOLTYPE": st.sampled_from(["State-funded primary", ""])}),
    min_size=1,
    max_size=8,
)
QUIETLY = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def plausible(cell: str) -> float | None:
    value = float(numbers([cell]).value[0])
    return value if np.isfinite(value) else None


@QUIETLY
@given(registered=REGISTERED, surveyed=SURVEYED)
def test_every_figure_kept_stands_in_the_files_or_is_marked(
    registered: list[dict[str, str]], surveyed: list[dict[str, str]], tmp_path: Path
) -> None:
    rows = [files.establishment(100001 + place, f"School {place}", **row) for place, row in enumerate(registered)]
    census = [{"URN": 100001 + place, "LA": 999, **row} for place, row in enumerate(surveyed)]
    register = files.write(tmp_path / "register.csv", files.GIAS_2019, rows)
    counted = files.write(tmp_path / "census.csv", files.CENSUS, census)
    try:
        place = build_place([register, counted])
    except PopulationError:
        return
    listed = {100001 + place for place in range(max(len(registered), len(surveyed)))}
    assert set(place.fates["urn"]) == listed
    for school in place.schools.to_dict("records"):
        at = school["urn"] - 100001
        cells = [surveyed[at]["NOR"]] if at < len(surveyed) else []
        cells += [registered[at]["roll"]] if at < len(registered) else []
        first = next((value for cell in cells if (value := plausible(cell)) is not None), None)
        assert school["roll"] == first  # the first number there is, and never a code read as one
        if school["disadvantage"] == 0:
            assert school["disadvantage_basis"] in ("read", "computed", "imputed")
        if school["disadvantage_basis"] == "read":
            value, small = plausible(registered[at]["fsm"]), numbers([registered[at]["fsm"]]).small[0]
            assert school["disadvantage"] == pytest.approx(
                0.0005 if small else value / 100 if value is not None else -1
            )


@QUIETLY
@given(data=st.data())
def test_a_mangled_file_is_read_or_refused_and_never_a_fault_of_ours(data: st.DataObject, tmp_path: Path) -> None:
    kind = data.draw(st.sampled_from(["register", "census", "links", "workforce", "statistics"]))
    whole = {
        "register": files.csv_text(files.GIAS_2019, files.REGISTER_ROWS, quoted=True),
        "census": files.csv_text(files.CENSUS, files.CENSUS_ROWS),
        "links": files.csv_text(files.LINKS, [{"URN": 100002, "LinkURN": 140002, "LinkType": "Successor"}]),
        "workforce": files.csv_text(files.WORKFORCE, files.WORKFORCE_ROWS),
        "statistics": files.csv_text(files.STATISTICS_WORKFORCE, [
            {"time_period": "202324", "geographic_level": "School", "school_urn": 100001, "fte_all_teachers": "9"},
        ]),
    }[kind].encode("cp1252", errors="replace")  # fmt: skip
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        change = data.draw(st.sampled_from(["set", "cut", "insert", "drop"]))
        if change == "set":
            raw[at] = data.draw(st.integers(0, 255))
        elif change == "cut" and at:
            del raw[at:]
        elif change == "insert":
            raw[at:at] = data.draw(st.binary(min_size=1, max_size=6))
        elif len(raw) > 1:
            del raw[at]
    files.write(tmp_path / "beside.csv", files.GIAS_2019, files.REGISTER_ROWS[:2])
    (tmp_path / "mangled.csv").write_bytes(bytes(raw))
    with contextlib.suppress(PopulationError):
        build_place([tmp_path / "beside.csv", tmp_path / "mangled.csv"])


@QUIETLY
@given(cells=st.lists(st.lists(CELLS, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=4))
def test_any_cells_under_the_register_columns(cells: list[list[str]], tmp_path: Path) -> None:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in cells]
    path = files.write(tmp_path / "schools.csv", COLUMNS, rows)
    with contextlib.suppress(PopulationError):
        table = read_schools(path)
        assert table.teachers.sum() <= 6_000 * len(table)
