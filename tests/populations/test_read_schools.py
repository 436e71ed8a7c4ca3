from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolsim.populations import (
    PRIMARY,
    SECONDARY,
    SPECIAL,
    PopulationError,
    SchoolTable,
    read_schools,
)
from tests.populations.made_up import COLUMNS, REGISTER, changed, primary, secondary, text, write
from tests.populations.test_missing_codes import CODES, SMALL


def said(table: SchoolTable) -> str:
    return " ".join(table.notes)


def test_one_plain_school(tmp_path: Path) -> None:
    table = read_schools(write(tmp_path, [primary(100001, fte="10.0")]))
    assert table.urn.tolist() == [100001]
    assert table.name.tolist() == ["Thorn School"]
    assert table.phase.tolist() == [PRIMARY]
    assert (table.easting[0], table.northing[0]) == (440.0, 380.0)
    assert table.roll.tolist() == [210]
    assert table.disadvantage.tolist() == [pytest.approx(0.2)]
    assert table.teachers.tolist() == [11]  # 10 full-time equivalents x 1.113
    assert table.capacity.tolist() == [250]  # 210 / .84
    assert np.isnan(table.attainment[0])
    assert table.authorities == ("Thornshire",)
    assert "1 of 1 establishments kept" in said(table)


# --- encodings --------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_encodings_are_found_out(tmp_path: Path, encoding: str) -> None:
    names = ["Torquay Boys\u2019", "École Française", "St Thomas à Becket"]
    rows = [primary(100001 + place, name=name) for place, name in enumerate(names)]
    table = read_schools(write(tmp_path, rows, encoding=encoding))
    assert table.name.tolist() == names
    assert table.urn.tolist() == [100001, 100002, 100003]


def test_byte_0x92_is_an_apostrophe(tmp_path: Path) -> None:
    path = write(tmp_path, [primary(100001, name="Boys\u2019")])
    assert b"Boys\x92" in path.read_bytes()
    assert read_schools(path).name.tolist() == ["Boys\u2019"]


def test_a_byte_that_means_nothing_does_not_stop_the_reading(tmp_path: Path) -> None:
    path = write(tmp_path, [primary(100001, name="Odd")])
    path.write_bytes(path.read_bytes().replace(b"Odd", b"O\x81\xe9"))
    assert read_schools(path).name.tolist() == ["O\ufffdé"]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends_and_quoted_commas_and_line_breaks(tmp_path: Path, ends: str) -> None:
    path = tmp_path / "schools.csv"
    rows = [primary(100001, name="St Mary, Upper\nField"), primary(100002)]
    path.write_bytes(text(rows).replace("\r\n", ends).encode())
    assert read_schools(path).name[0] == "St Mary, Upper\nField"


# --- rows cut, repeated, totals ------------------------------------------------------------------


@pytest.mark.parametrize("cut", [20, 60, 200])
def test_a_clipped_last_line_is_left_out_and_told(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path, [primary(100001), primary(100002), primary(100003)])
    path.write_bytes(path.read_bytes()[:-cut])
    table = read_schools(path)
    assert table.urn.tolist() == [100001, 100002]
    assert "1 row with too few or too many cells left out (line 4)" in said(table)


def test_an_unquoted_comma_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, [primary(100001), primary(100002)])
    path.write_bytes(path.read_bytes().replace(b'"100001","999"', b"100001,9,99"))
    table = read_schools(path)
    assert table.urn.tolist() == [100002]
    assert "(line 2)" in said(table)


def test_a_missing_last_line_end_loses_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, [primary(100001), primary(100002)])
    path.write_bytes(path.read_bytes().rstrip())
    assert len(read_schools(path)) == 2


def test_totals_and_rows_without_a_urn_are_left_out(tmp_path: Path) -> None:
    rows = [primary(100001)] + [changed(primary(1), URN=urn) for urn in ("NAT", "", "NA", "0", "-")]
    rows += [primary(100002, RECTYPE=1), primary(100003, RECTYPE=4), primary(100004, RECTYPE=7)]
    table = read_schools(write(tmp_path, rows, columns=(*COLUMNS, "RECTYPE")))
    assert table.urn.tolist() == [100001, 100002]
    assert "7 rows of totals or without a URN left out" in said(table)


def test_the_first_of_a_repeated_urn_is_kept(tmp_path: Path) -> None:
    rows = [primary(100002, roll=300), primary(100001), primary(100002, roll=400)]
    table = read_schools(write(tmp_path, rows))
    assert table.roll.tolist() == [210, 300]
    assert "1 row repeating a URN left out" in said(table)


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = [primary(100001 + place, roll=100 + place, fsm=place) for place in range(9)]
    one = read_schools(write(tmp_path, rows))
    other = read_schools(write(tmp_path, rows[::-1]))
    assert one.teachers.tolist() == other.teachers.tolist()
    assert one.urn.tolist() == other.urn.tolist()


# --- what is kept --------------------------------------------------------------------------------


def test_kinds_are_sifted_and_counted(tmp_path: Path) -> None:
    rows = [
        primary(100001),
        secondary(100002),
        primary(100003, census="State-funded special school", phase="Not applicable"),
        primary(100004, census="Independent school", fsm="NA"),
        primary(100005, census="State-funded nursery", phase="Nursery"),
        primary(100006, census="Pupil referral unit", phase="Not applicable"),
        primary(100007, census="Non-maintained special school"),
        secondary(100008, phase="All through"),
        secondary(100009, census="", phase="Middle deemed secondary"),
        primary(100010, census="", phase="Middle deemed primary"),
        primary(100011, census="", phase="Not applicable"),
        primary(100012, status="Closed", closed_on="31-08-2018"),
        primary(100013, status="Proposed to open"),
        primary(100014, status="Open, but proposed to close"),
        primary(100015, roll=0),
        primary(100016, roll=""),
        primary(100017, roll="SUPP"),
        primary(100018, east=""),
        primary(100019, north="NA"),
        primary(100020, east=0),
        primary(100023, north=0),
        primary(100021, east=9_000_000),
        primary(100022, roll=3),
    ]
    table = read_schools(write(tmp_path, rows))
    kept = dict(zip(table.urn.tolist(), table.phase.tolist(), strict=True))
    assert kept == {
        100001: PRIMARY, 100002: SECONDARY, 100003: SPECIAL, 100008: SECONDARY,
        100009: SECONDARY, 100010: PRIMARY, 100014: PRIMARY, 100022: PRIMARY,
    }  # fmt: skip
    told = said(table)
    assert "8 of 23 establishments kept" in told
    for reason in (
        "2 closed or not open yet", "1 independent", "1 nursery", "1 pupil referral unit",
        "1 college, non-maintained special", "1 of no phase", "3 without a roll",
        "5 without a place on the map",
    ):  # fmt: skip
        assert reason in told
    assert table.teachers.min() >= 1


def test_a_closing_date_from_a_later_register_closes_no_open_school(tmp_path: Path) -> None:
    rows = [primary(100001, closed_on="31-08-2021"), primary(100002)]
    table = read_schools(write(tmp_path, rows))
    assert len(table) == 2
    assert "1 with a CloseDate kept" in said(table)


def test_without_a_status_a_closing_date_closes(tmp_path: Path) -> None:
    columns = tuple(name for name in COLUMNS if name != "EstablishmentStatus (name)")
    rows = [primary(100001, closed_on="31-08-2021"), primary(100002)]
    table = read_schools(write(tmp_path, rows, columns=columns))
    assert table.urn.tolist() == [100002]
    assert "1 closed or not open yet" in said(table)


def test_schools_at_one_point_are_kept_and_told(tmp_path: Path) -> None:
    rows = [primary(100001), primary(100002), primary(100003, east=441000)]
    assert "2 share a point" in said(read_schools(write(tmp_path, rows)))


def test_the_full_register_with_codes_only_and_persons_dropped(tmp_path: Path) -> None:
    def row(urn: int, **changes: object) -> dict[str, str]:
        plain = primary(urn, status="", group="", phase="", **{"HeadLastName": "Someone"})
        codes = {
            "EstablishmentStatus (code)": "1",
            "EstablishmentTypeGroup (code)": "4",
            "PhaseOfEducation (code)": "2",
        }
        return changed({**plain, **codes}, **changes)

    rows = [
        row(100001, SchoolCapacity=240),
        row(100002, **{"PhaseOfEducation (code)": "4", "SchoolCapacity": "0"}),
        row(100003, **{"EstablishmentStatus (code)": "2"}),
        row(100004, **{"EstablishmentTypeGroup (code)": "3"}),
        row(100005, **{"EstablishmentTypeGroup (code)": "5", "PhaseOfEducation (code)": "0"}),
    ]
    columns = tuple(
        name
        for name in REGISTER
        if name
        not in {
            "EstablishmentStatus (name)",
            "EstablishmentTypeGroup (name)",
            "PhaseOfEducation (name)",
        }
    )
    table = read_schools(write(tmp_path, rows, columns=columns))
    assert table.urn.tolist() == [100001, 100002, 100005]
    assert table.phase.tolist() == [PRIMARY, SECONDARY, SPECIAL]
    assert table.capacity.tolist()[:2] == [240, 250]
    told = said(table)
    assert "persons were not read: HeadTitle (name), HeadFirstName, HeadLastName" not in told
    assert "TelephoneNum, HeadTitle (name), HeadFirstName, HeadLastName" in told
    assert "Someone" not in repr(table)


# --- what is filled ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_no_code_is_read_as_no_free_meals(tmp_path: Path, code: str) -> None:
    rows = [primary(100001, fsm="30"), primary(100002, fsm="10"), primary(100003, fsm=code)]
    rows.append(secondary(100004, fsm="60"))
    table = read_schools(write(tmp_path, rows))
    assert table.disadvantage.tolist() == pytest.approx([0.3, 0.1, 0.2, 0.6])
    told = said(table)
    assert f"PercentageFSM is not known for 1 school ({code.strip() or 'blank'} 1)" in told


@pytest.mark.parametrize("code", SMALL)
def test_a_share_that_rounds_to_zero_is_small_and_not_filled(tmp_path: Path, code: str) -> None:
    table = read_schools(write(tmp_path, [primary(100001, fsm="30"), primary(100002, fsm=code)]))
    assert 0 < table.disadvantage[1] < 0.001
    assert "PercentageFSM is not known" not in said(table)


def test_zero_and_percent_signs_are_what_they_say(tmp_path: Path) -> None:
    rows = [primary(100001, fsm="0"), primary(100002, fsm="0.0%"), primary(100003, fsm="45%")]
    table = read_schools(write(tmp_path, rows))
    assert table.disadvantage.tolist() == pytest.approx([0, 0, 0.45])


def test_free_meals_are_filled_within_the_authority_then_the_phase_then_all(tmp_path: Path) -> None:
    rows = [
        primary(100001, authority="A", fsm=10),
        primary(100002, authority="A", fsm="x"),
        primary(100003, authority="B", fsm=50),
        secondary(100004, authority="B", fsm=40),
        secondary(100005, authority="A", fsm="SUPP"),
        primary(100006, authority="A", fsm=140),
    ]
    table = read_schools(write(tmp_path, rows))
    assert table.disadvantage.tolist() == pytest.approx([0.1, 0.1, 0.5, 0.4, 0.4, 0.1])
    assert "for 3 schools (SUPP 1, outside 0-100 1, x 1)" in said(table)


def test_a_cell_that_is_neither_number_nor_code_is_told(tmp_path: Path) -> None:
    table = read_schools(write(tmp_path, [primary(100001), primary(100002, fsm="about 20")]))
    assert '1 cells of "schools.csv: PercentageFSM" are neither a number nor a known code ("about 20")' in said(table)


@pytest.mark.parametrize(
    ("columns", "teachers"),
    [
        ({"fte": "50"}, 53),  # x 1.067
        ({"fte": "SUPP", "fte_other": "60"}, 64),
        ({"fte": "50", "fte_other": "60"}, 53),
        ({"Total Number of Teachers (Headcount)": "71", "fte": "50"}, 71),
        ({"Pupil:     Teacher Ratio": "19.0"}, 53),  # 950 / 19 x 1.067
    ],
)
def test_teachers_from_what_is_known(tmp_path: Path, columns: dict[str, str], teachers: int) -> None:
    header = (*COLUMNS, "Total Number of Teachers (Headcount)", "Pupil:     Teacher Ratio")
    path = write(tmp_path, [secondary(100001, **columns)], columns=header)
    table = read_schools(path)
    assert table.teachers.tolist() == [teachers]
    assert "Teachers are not known" not in said(table)


@pytest.mark.parametrize(
    "columns", [{}, {"fte": "NA"}, {"fte": "0"}, {"fte": "2"}, {"Pupil:     Teacher Ratio": "0.0"},
                {"Pupil:     Teacher Ratio": "62"}]
)  # fmt: skip
def test_unknown_or_impossible_teachers_are_drawn_by_seed(tmp_path: Path, columns: dict[str, str]) -> None:
    header = (*COLUMNS, "Pupil:     Teacher Ratio")
    rows = [secondary(100001 + place, **columns) for place in range(40)]
    path = write(tmp_path, rows, columns=header)
    table, again, other = (read_schools(path, seed=seed) for seed in (1, 1, 2))
    assert table.teachers.tolist() == again.teachers.tolist() != other.teachers.tolist()
    assert 55 < table.teachers.mean() < 75
    assert "Teachers are not known for 40 schools" in said(table)
    assert "(seed 1)" in said(table)


def test_teachers_drawn_for_one_school_do_not_hang_on_the_others(tmp_path: Path) -> None:
    rows = [secondary(100001 + place) for place in range(5)]
    all_of_them = read_schools(write(tmp_path, rows), seed=3)
    fewer = read_schools(write(tmp_path, rows[2:]), seed=3)
    assert all_of_them.teachers.tolist()[2:] == fewer.teachers.tolist()


@pytest.mark.parametrize(
    ("columns", "places"),
    [
        ({"SchoolCapacity": "1000", "use": "0.5"}, 1000),
        ({"use": "0.95"}, 1000),
        ({"use": "95"}, 1000),
        ({"SchoolCapacity": "10", "use": "0.95"}, 1000),
        ({"use": "0"}, 1131),
        ({"use": "NA"}, 1131),
    ],
)
def test_places(tmp_path: Path, columns: dict[str, str], places: int) -> None:
    path = write(tmp_path, [secondary(100001, **columns)], columns=(*COLUMNS, "SchoolCapacity"))
    table = read_schools(path)
    assert table.capacity.tolist() == [places]
    assert ("Places are not known for 1 school" in said(table)) == (places == 1131)


def test_attainment_8_against_england(tmp_path: Path) -> None:
    rows = [secondary(100001, a8="47.1"), secondary(100002, a8="56.1", p8="-1"),
            secondary(100003, a8="SUPP"), secondary(100004, a8="NE", authority="Elsewhere"),
            primary(100005, a8="60")]  # fmt: skip
    path = write(tmp_path, rows)
    table = read_schools(path)
    assert table.attainment.tolist()[:2] == pytest.approx([0.0, 1.0])
    assert np.isnan(table.attainment[2:]).all()
    assert "Attainment8_2019, known for 2 in the file" in said(table)
    assert "no attainment of primary schools" in said(table)
    assert "primary" not in said(read_schools(path, "Elsewhere"))


def test_progress_8_where_there_is_no_attainment_8(tmp_path: Path) -> None:
    columns = tuple(name for name in COLUMNS if not name.startswith("Attainment8"))
    rows = [secondary(100001, p8="0.46"), secondary(100002, p8="LOWCOV")]
    table = read_schools(write(tmp_path, rows, columns=columns))
    assert table.attainment[0] == pytest.approx(1.0)
    assert np.isnan(table.attainment[1])


def test_the_newest_year_is_used(tmp_path: Path) -> None:
    columns = (*COLUMNS, "Attainment8_2022")
    table = read_schools(write(tmp_path, [secondary(100001, a8="47.1", Attainment8_2022="38.1")], columns=columns))
    assert table.attainment.tolist() == pytest.approx([-1.0])


def test_a_key_stage_2_measure_against_the_files_open_schools(tmp_path: Path) -> None:
    rows = [primary(100001 + place, PTRWM_EXP=f"{50 + 10 * place}%") for place in range(3)]
    rows.append(primary(100009, PTRWM_EXP="100%", status="Closed"))
    table = read_schools(write(tmp_path, rows, columns=(*COLUMNS, "PTRWM_EXP")))
    assert table.attainment.tolist() == pytest.approx([-(1.5**0.5), 0, 1.5**0.5])


# --- authorities and mistakes ---------------------------------------------------------------------


@pytest.fixture
def three(tmp_path: Path) -> Path:
    rows = [
        primary(100001, authority="Oakham", code="901"),
        primary(100002, authority="Ashford", code="902"),
        primary(100003, authority="Ashford", code="902"),
        primary(100004, authority="Elmstead", code="903"),
        primary(100005, authority="Yewtree", code="904", census="Independent school"),
    ]
    return write(tmp_path, rows)


@pytest.mark.parametrize(
    ("asked", "authorities", "urns"),
    [
        (None, ("Ashford", "Elmstead", "Oakham"), [100001, 100002, 100003, 100004]),
        ("Ashford", ("Ashford",), [100002, 100003]),
        (" ashford ", ("Ashford",), [100002, 100003]),
        ("902", ("Ashford",), [100002, 100003]),
        (903, ("Elmstead",), [100004]),
        (["Oakham", 903], ("Elmstead", "Oakham"), [100001, 100004]),
    ],
)
def test_authorities_by_name_and_code(
    three: Path, asked: object, authorities: tuple[str, ...], urns: list[int]
) -> None:
    table = read_schools(three, asked)  # type: ignore[arg-type]
    assert table.authorities == authorities
    assert table.urn.tolist() == urns
    names = [table.authorities[row] for row in table.authority]
    assert names == [{100001: "Oakham", 100004: "Elmstead"}.get(urn, "Ashford") for urn in urns]


def test_an_unknown_authority_gets_the_nearest_and_the_list(three: Path) -> None:
    with pytest.raises(PopulationError) as fault:
        read_schools(three, "Ashfrod")
    assert str(fault.value) == (
        f'{three}: no authority "Ashfrod". Did you mean "Ashford"? There are: Ashford, Elmstead, Oakham, Yewtree.'
    )


@pytest.mark.parametrize("asked", ["", "  ", 0, 1])
def test_nothing_is_no_authority(three: Path, asked: object) -> None:
    with pytest.raises(PopulationError, match="no authority"):
        read_schools(three, asked)  # type: ignore[arg-type]


def test_an_authority_without_schools_says_why(three: Path) -> None:
    with pytest.raises(PopulationError, match=r"no school is left.*1 independent"):
        read_schools(three, "Yewtree")


@pytest.mark.parametrize(
    "column", ["URN", "LA (name)", "EstablishmentName", "NumberOfPupils", "PercentageFSM",
               "Easting", "Northing"]
)  # fmt: skip
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    columns = tuple(name for name in COLUMNS if name != column)
    with pytest.raises(PopulationError, match="line 1") as fault:
        read_schools(write(tmp_path, [primary(100001)], columns=columns))
    assert f'missing column "{column}"' in str(fault.value)


def test_a_misspelt_column_gets_the_nearest_name(tmp_path: Path) -> None:
    path = write(tmp_path, [primary(100001)])
    path.write_bytes(path.read_bytes().replace(b"NumberOfPupils", b"NumberOfPupil"))
    with pytest.raises(PopulationError, match='"NumberOfPupils" .there is "NumberOfPupil".'):
        read_schools(path)


def test_without_the_census_type_group_and_phase_are_needed(tmp_path: Path) -> None:
    columns = tuple(name for name in COLUMNS if "Type" not in name)
    with pytest.raises(PopulationError, match="EstablishmentTypeGroup"):
        read_schools(write(tmp_path, [primary(100001)], columns=columns))


def test_no_such_file_gets_the_nearest_name(three: Path) -> None:
    with pytest.raises(PopulationError, match=r'there is no file .*Did you mean "schools.csv"'):
        read_schools(three.with_name("school.csv"))


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (b"URN;LA (name)\r\n1;A\r\n", "separated by commas"),
        (b"URN\tLA (name)\r\n1\tA\r\n", "separated by commas"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\x89PNG\x00\x00", "no text file"),
        (b'URN,"' + b"x" * 200_000, "well-formed"),
        (b"\xff\xfeU\x00R\x00N", "one column"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, raw: bytes, told: str) -> None:
    path = tmp_path / "schools.csv"
    path.write_bytes(raw)
    with pytest.raises(PopulationError, match=told) as fault:
        read_schools(path)
    assert str(path) in str(fault.value)


def test_a_folder_without_a_place_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(PopulationError, match="holds no place .*schoolsim schools build"):
        read_schools(tmp_path)


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PopulationError, match="no school is left"):
        read_schools(write(tmp_path, []))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"east": "440.1"}, "metres"),
        ({"north": "51.5"}, "metres"),
        ({"fsm": "0.21"}, "not shares"),
    ],
)
def test_a_column_in_another_unit_is_refused(tmp_path: Path, changes: dict[str, str], told: str) -> None:
    rows = [primary(100001 + place, **changes) for place in range(12)]
    with pytest.raises(PopulationError, match=told):
        read_schools(write(tmp_path, rows))


def test_a_bad_seed_is_refused(three: Path) -> None:
    with pytest.raises(PopulationError, match="seed"):
        read_schools(three, seed=-1)


def test_the_header_may_be_padded_and_have_columns_nobody_knows(tmp_path: Path) -> None:
    path = write(tmp_path, [primary(100001, Extra="?")], columns=(*COLUMNS, "Extra"))
    path.write_bytes(path.read_bytes().replace(b'"Easting"', b'" Easting "'))
    assert len(read_schools(path)) == 1
