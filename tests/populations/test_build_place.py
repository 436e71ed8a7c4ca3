"""A place of several files: joined on the URN, successions followed, every fate and every source told."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.populations import Place, PopulationError, build_place
from schoolsim.populations.official import source_files
from schoolsim.populations.official.place import school_table, select_authorities
from tests.populations import official_files as files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return files.write_all(tmp_path_factory.mktemp("thornshire"))


@pytest.fixture(scope="module")
def place(folder: Path) -> Place:
    return build_place(folder)


def school(place: Place, urn: int) -> pd.Series:
    (row,) = place.schools[place.schools["urn"] == urn].to_dict("records")
    return pd.Series(row)


def fate(place: Place, urn: int) -> pd.Series:
    (row,) = place.fates[place.fates["urn"] == urn].to_dict("records")
    return pd.Series(row)


def told(place: Place) -> str:
    return " ".join(place.notes)


def test_every_file_is_recognised_and_recorded(place: Place) -> None:
    assert {record.file: (record.kind, record.year) for record in place.files} == {
        "edubasealldata20190601.csv": ("register of schools", 2019),
        "england_census_2018-19.csv": ("school census of the performance tables", 2019),
        "england_ks2final_2018-19.csv": ("Key Stage 2 performance table", 2019),
        "england_ks4final_2018-19.csv": ("Key Stage 4 performance table", 2019),
        "england_swf_2018-19.csv": ("school workforce census", 2019),
        "grouplinks_edubaseallacademiesandfree20190601.csv": ("members of trusts, federations and sponsors", 2019),
        "links_edubasealldata20190601.csv": ("links between establishments", 2019),
    }


def test_every_establishment_has_one_fate(place: Place) -> None:
    assert place.fates["urn"].tolist() == sorted(row["URN"] for row in files.REGISTER_ROWS)
    kept = place.fates[place.fates["fate"] != "left out"]
    assert kept["urn"].tolist() == place.schools["urn"].tolist()
    assert (kept["reason"] == "").all()
    assert (place.fates[place.fates["fate"] == "left out"]["reason"] != "").all()


@pytest.mark.parametrize(
    ("urn", "reason", "detail"),
    [
        (100002, "closed or not open yet", "closed on 2018-08-31; followed by 140002 Birch Academy\u2019s School"),
        (100003, "closed or not open yet", "closed on 2018-08-31; followed by 140003 Cedar Primary"),
        (100007, "independent", "Other independent school"),
        (100008, "pupil referral unit or alternative provision", "Pupil referral unit"),
        (100009, "nursery", "Local authority nursery school"),
        (100010, "college, non-maintained special or other kind", "Further education"),
        (100012, "with more pupils than a school of its phase can have", "1,000,000,000 pupils in edubase"),
        (100013, "closed or not open yet", "Proposed to open"),
        (100014, "without a place on the map", "blank"),
        (140005, "without a roll, or with no pupils", "no roll (blank); followed 100005, which passed none on"),
    ],
)
def test_why_an_establishment_is_left_out(place: Place, urn: int, reason: str, detail: str) -> None:
    row = fate(place, urn)
    assert (row["fate"], row["reason"]) == ("left out", reason)
    assert detail in row["detail"]


def test_figures_come_from_the_collection_that_made_them(place: Place) -> None:
    ash = school(place, 100001)
    assert (ash["roll"], ash["roll_source"]) == (210, "england_census_2018-19.csv: NOR")
    assert ash["disadvantage"] == pytest.approx(0.10)
    assert ash["disadvantage_basis"] == "computed"
    assert ash["disadvantage_source"] == "england_census_2018-19.csv: NUMFSM / NOR"
    assert (ash["capacity"], ash["capacity_basis"]) == (240, "read")
    assert ash["teachers"] == 11  # 10.0 full-time equivalents x 1.113, as the headcount is NA
    assert ash["teachers_source"].startswith("england_swf_2018-19.csv: Total Number of Teachers (Full-Time")
    assert ash["opened_on"] == "1950-09-01"
    assert ash["federation_name"] == "Thorn Federation"
    assert "PercentageFSM differs by more than a tenth" in told(place)


def test_codes_stand_beside_missing_figures_and_are_never_zero(place: Place) -> None:
    expected = {100001: "SUPP", 100006: "NE", 100011: "SUPP"}
    for urn, code in expected.items():
        row = school(place, urn)
        assert np.isnan(row["attainment"])
        assert np.isnan(row["attainment_published"])
        assert (row["attainment_basis"], row["attainment_code"]) == ("unknown", code)
        assert fate(place, urn)["attainment_from"] == f"unknown ({code})"
    assert school(place, 100020)["teachers_code"] == "SUPP"


def test_what_is_filled_in_is_marked_and_seeded(folder: Path, place: Place) -> None:
    ivy = school(place, 100020)
    assert (ivy["teachers_basis"], ivy["teachers_source"]) == ("imputed", "drawn from roll and phase, seed 0")
    assert (ivy["capacity_basis"], ivy["capacity"]) == ("imputed", round(210 / 0.84))
    assert fate(place, 100020)["fate"] == "kept, filled in"
    assert fate(place, 100020)["detail"] == "filled in: capacity, teachers"
    other = build_place(folder, seed=1)
    assert "seed 1" in school(other, 100020)["teachers_source"]
    drawn = place.schools["teachers_basis"] == "imputed"
    assert (place.schools["teachers"] != other.schools["teachers"])[drawn].any()
    assert (place.schools["teachers"] == other.schools["teachers"])[~drawn].all()


def test_an_academy_takes_the_figures_of_the_school_it_was(place: Place) -> None:
    birch = school(place, 140002)
    assert (birch["roll"], birch["disadvantage"], birch["teachers"]) == (900, pytest.approx(0.10), 60)
    assert birch["attainment"] == pytest.approx(1.0)  # (56.1 - 47.1) / 9
    for figure in ("roll", "disadvantage", "attainment", "teachers"):
        assert birch[f"{figure}_basis"] == "predecessor"
        assert birch[f"{figure}_source"].endswith("of predecessor 100002")
    assert birch["capacity_basis"] == "read"  # its own
    assert birch["predecessors"] == "100002"
    assert (birch["trust_code"], birch["trust_name"]) == ("5001", "THORN TRUST")
    assert (birch["trust_type"], birch["trust_joined_on"]) == ("Multi-academy trust", "2018-09-01")


def test_merged_schools_add_up(place: Place) -> None:
    cedar = school(place, 140003)
    assert cedar["roll"] == 400
    assert cedar["disadvantage"] == pytest.approx((0.10 * 100 + 0.30 * 300) / 400)
    assert cedar["predecessors"] == "100003 100004"
    assert cedar["teachers_basis"] == "imputed"  # neither of the two has any


def test_a_college_of_technology_is_no_independent_school(place: Place) -> None:
    assert school(place, 100011)["phase"] == "secondary"


def test_results_of_primary_schools_are_against_the_files_own(place: Place) -> None:
    rows = place.schools[place.schools["attainment_measure"] == "Key Stage 2"]
    assert rows["attainment_published"].tolist() == [50, 60, 70]
    assert rows["attainment"].tolist() == pytest.approx([-(1.5**0.5), 0, 1.5**0.5])


def test_no_person_is_in_a_place(place: Place) -> None:
    everything = place.schools.to_csv() + place.fates.to_csv() + " ".join(str(record) for record in place.files)
    for word in ("Given", "Surname", "01234567890"):
        assert word not in everything
    assert "columns about persons were not read: TelephoneNum, HeadTitle (name)" in told(place)


def test_the_order_of_files_decides_nothing(folder: Path, place: Place) -> None:
    paths = sorted(folder.iterdir())
    for shuffled in itertools.islice(itertools.permutations(paths), 0, 5_000, 1_700):
        again = build_place(shuffled)
        pd.testing.assert_frame_equal(again.schools, place.schools)
        pd.testing.assert_frame_equal(again.fates, place.fates)
        assert again.notes == place.notes


def test_of_trusts_those_of_several_schools_count(place: Place) -> None:
    """By their kind where it is known, else by whether they have several schools in the place."""
    row = place.schools.iloc[[0]]
    kinds = ("Multi-academy trust", "Single-academy trust", "", "", "", "")
    schools = pd.concat([row] * len(kinds), ignore_index=True).assign(
        urn=range(1, 1 + len(kinds)), trust_code=["1", "2", "3", "4", "4", ""], trust_type=kinds,
        federation_code=["", "", "", "", "7", "7"], authority=["A", "A", "A", "A", "B", "B"],
    )  # fmt: skip
    assert school_table(schools, ()).trust.tolist() == ["1", "", "", "4", "4", ""]
    # Also where the other school is in an authority that is not taken.
    other = school_table(schools, (), "B")
    assert other.trust.tolist() == ["4", ""]
    assert other.federation.tolist() == ["7", "7"]


def test_the_model_takes_a_place(place: Place) -> None:
    table = place.table()
    assert table.authorities == ("Thornshire",)
    assert table.urn.tolist() == place.schools["urn"].tolist()
    assert table.easting[0] == pytest.approx(440.1)
    assert table.notes == place.notes


@pytest.mark.parametrize(
    ("text", "found"), [("Durham", "County Durham"), ("bristol", "Bristol, City of"), ("York", "York")]
)
def test_a_part_of_an_authoritys_name_is_enough_that_no_other_has(text: str, found: str) -> None:
    names = ["County Durham", "Bristol, City of", "York", "York North", "East Sussex", "West Sussex"]
    codes = range(len(names))
    assert select_authorities(text, names, codes, "x") == [found]
    with pytest.raises(PopulationError, match='no authority "Sussex"'):
        select_authorities("Sussex", names, codes, "x")


def test_an_authority_that_files_spell_differently_is_one(folder: Path, tmp_path: Path) -> None:
    """The list of trusts' members has a school of "County Thornshire" that the register does not list."""
    rows = [{
        "URN": 149999, "Linked UID": 5001, "Group Name": "THORN TRUST", "Group Type": "Multi-academy trust",
        "Group Status": "Open", "EstablishmentName": "New Academy", "LA (name)": "County Thornshire",
        "LA (code)": "999",
    }]  # fmt: skip
    links = files.write(tmp_path / "grouplinks.csv", files.GROUP_LINKS, rows)
    place = build_place([folder, links], authority="Thornshire")
    assert fate(place, 149999)["authority"] == "Thornshire"
    assert place.authorities == ("Thornshire",)


@pytest.mark.parametrize("header", [files.GIAS_2019, files.GIAS_2025])
def test_the_register_alone_of_either_form(header: tuple[str, ...], tmp_path: Path) -> None:
    path = files.write(tmp_path / "edubasealldata20250501.csv", header, files.REGISTER_ROWS, encoding="cp1252")
    place = build_place(path)
    assert place.schools["urn"].tolist() == [100001, 100006, 100011, 100020, 100021, 100022]
    assert "Birch Academy\u2019s School" in place.fates["name"].tolist()


def test_names_of_the_register_in_other_forms(tmp_path: Path) -> None:
    names = {"EstablishmentName": "Establishment name", "Easting": "X", "Northing": "Y", "LA (name)": "LA Name"}
    header = tuple(names.get(name, name) for name in files.GIAS_2019)
    rows = [{names.get(key, key): value for key, value in row.items()} for row in files.REGISTER_ROWS]
    assert len(build_place(files.write(tmp_path / "a.csv", header, rows)).schools) == 6


def test_statistics_files_stand_in_for_the_performance_tables(tmp_path: Path) -> None:
    level = {"time_period": "202324", "geographic_level": "School"}
    register = files.write(tmp_path / "register.csv", files.GIAS_2025, files.REGISTER_ROWS)
    workforce = files.write(tmp_path / "swf.csv", files.STATISTICS_WORKFORCE, [
        {**level, "school_urn": 100001, "fte_all_teachers": "9.0"},
        {**level, "school_urn": 100011, "fte_all_teachers": "u"},
    ])  # fmt: skip
    pupils = files.write(tmp_path / "pupils.csv", files.STATISTICS_PUPILS, [
        {**level, "urn": 100001, "headcount of pupils": 220,
         "% of pupils known to be eligible for free school meals": "25.5"},
        {**level, "urn": 100020, "headcount of pupils": 230,
         "% of pupils known to be eligible for free school meals": "k"},
        {**level, "urn": 100021, "headcount of pupils": "z",
         "% of pupils known to be eligible for free school meals": "c"},
    ])  # fmt: skip
    place = build_place([register, workforce, pupils])
    ash, fir, ivy = school(place, 100001), school(place, 100020), school(place, 100021)
    assert (ash["roll"], ash["disadvantage"], ash["teachers"]) == (220, pytest.approx(0.255), 10)
    assert ash["teachers_source"] == "swf.csv: fte_all_teachers x 1.113"
    assert 0 < fir["disadvantage"] < 0.001  # rounds to 0, and is not 0
    assert (ivy["roll"], ivy["roll_source"]) == (210, "register.csv: NumberOfPupils")  # z in the statistics
    assert (ivy["disadvantage"], ivy["disadvantage_source"]) == (pytest.approx(0.2), "register.csv: PercentageFSM")
    assert school(place, 100011)["teachers_code"] == "u"


def test_degrees_of_a_performance_table_place_schools_the_register_does_not(tmp_path: Path) -> None:
    register = files.write(tmp_path / "register.csv", files.GIAS_2019, files.REGISTER_ROWS)
    header = (*files.KEY_STAGE_2, "LATITUDE", "LONGITUDE")
    rows = [{"RECTYPE": 1, "URN": 100014, "TELIG": 30, "LATITUDE": "53.0", "LONGITUDE": "-1.4"}]
    place = build_place([register, files.write(tmp_path / "geo.csv", header, rows)])
    hazel = school(place, 100014)
    assert hazel["position_basis"] == "computed"
    assert hazel["position_source"] == "geo.csv: LATITUDE, LONGITUDE"
    assert (hazel["easting"], hazel["northing"]) == (pytest.approx(440.3, abs=0.1), pytest.approx(345.2, abs=0.3))


def test_performance_tables_without_a_register_name_and_class_schools(tmp_path: Path) -> None:
    ks4_header = (*files.KEY_STAGE_4, "LATITUDE", "LONGITUDE")
    place_of = {"LATITUDE": "53.0", "LONGITUDE": "-1.4"}
    rows = [
        {"RECTYPE": 1, "LEA": 999, "URN": 100100, "SCHNAME": "Juniper", "NFTYPE": "ACC", "ATT8SCR": "50", **place_of},
        {"RECTYPE": 2, "LEA": 999, "URN": 100101, "SCHNAME": "Larch", "NFTYPE": "CYS", "ATT8SCR": "4.8", **place_of},
        {"RECTYPE": 1, "LEA": 999, "URN": 100102, "SCHNAME": "Maple", "NFTYPE": "IND", "ATT8SCR": "70", **place_of},
        {"RECTYPE": 1, "LEA": 999, "URN": 100103, "SCHNAME": "Nut", "NFTYPE": "CY", "ICLOSE": 1, **place_of},
    ]
    files.write(tmp_path / "england_ks4final.csv", ks4_header, rows)
    files.write(tmp_path / "england_census.csv", files.CENSUS, [
        {"URN": 100100, "LA": 999, "NOR": 1000, "NUMFSM": 100}, {"URN": 100101, "LA": 999, "NOR": 90, "NUMFSM": 30},
    ])  # fmt: skip
    files.write(tmp_path / "england_school_information.csv", files.SCHOOL_INFORMATION, [
        {"URN": 100100, "LANAME": "Thornshire", "LA": 999, "SCHNAME": "Juniper", "SCHSTATUS": "Open",
         "MINORGROUP": "Academy", "OPENDATE": "01/09/2012"},
    ])  # fmt: skip
    place = build_place(tmp_path)
    assert place.schools["urn"].tolist() == [100100, 100101]
    assert place.schools["phase"].tolist() == ["secondary", "special"]
    assert place.schools["authority"].tolist() == ["Thornshire", "Thornshire"]
    assert place.schools["attainment"].tolist() == pytest.approx([(50 - 47.1) / 9, 0])
    assert fate(place, 100102)["reason"] == "independent"
    assert fate(place, 100103)["detail"] == "Closed"


def test_the_newest_results_are_used_and_older_ones_named(tmp_path: Path) -> None:
    register = files.write(tmp_path / "register.csv", files.GIAS_2019, files.REGISTER_ROWS)
    row = {"RECTYPE": 1, "URN": 100011}
    older = files.write(tmp_path / "england_ks4final_2017-18.csv", files.KEY_STAGE_4, [{**row, "ATT8SCR": "40"}])
    newer = files.write(tmp_path / "england_ks4final_2018-19.csv", files.KEY_STAGE_4, [{**row, "ATT8SCR": "NE"}])
    place = build_place([register, older, newer])
    assert school(place, 100011)["attainment_code"] == "NE"
    assert "Attainment 8 is that of 2019; of older years and not read: england_ks4final_2017-18.csv" in told(place)


def test_a_newer_census_is_asked_before_an_older(tmp_path: Path) -> None:
    register = files.write(tmp_path / "register.csv", files.GIAS_2019, files.REGISTER_ROWS)
    paths = [register]
    for year, roll in (("2017-18", 205), ("2018-19", 215)):
        path = tmp_path / f"england_census_{year}.csv"
        paths.append(files.write(path, files.CENSUS, [{"URN": 100001, "NOR": roll, "NUMFSM": 20}]))
    place = build_place(paths)
    assert school(place, 100001)["roll"] == 215
    assert "Files are of different school years: england_census_2017-18.csv 2018" in told(place)


def test_provisional_figures_are_asked_last(tmp_path: Path) -> None:
    register = files.write(tmp_path / "register.csv", files.GIAS_2019, files.REGISTER_ROWS)
    paths = [register]
    for name, score in (("provisional", "40"), ("revised", "50")):
        path = tmp_path / f"england_ks4{name}_2018-19.csv"
        paths.append(files.write(path, files.KEY_STAGE_4, [{"RECTYPE": 1, "URN": 100011, "ATT8SCR": score}]))
    assert school(build_place(paths), 100011)["attainment_published"] == 50


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    path = files.write(tmp_path / "register.csv", files.GIAS_2019, files.REGISTER_ROWS)
    path.write_text("School Workforce Census,,\nPublished: June 2019,,\n\n" + path.read_text("utf-8-sig"))
    assert len(build_place(path).schools) == 6


def test_files_of_a_folder_that_are_not_read_are_named(folder: Path, tmp_path: Path) -> None:
    files.write_all(tmp_path)
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    (tmp_path / "ks4.meta.csv").write_text("col_name,col_type\na,Filter\n")
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "register.csv").write_text("never looked at")
    place = build_place(tmp_path)
    for sentence in (
        "notes.txt was not read: it is no CSV file of data.",
        "other.csv was not read: its columns are of no known kind.",
        "ks4.meta.csv was not read: it is no CSV file of data.",
        "older was not read: it is a folder.",
    ):
        assert sentence in place.notes


def test_an_unknown_file_given_by_name_is_refused(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("URN,NOR,b\n1,2,3\n")
    with pytest.raises(PopulationError, match=r'other\.csv: line 1: missing column "NUMFSM"\. It would be a school'):
        build_place([folder, path])


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("urn,event,from_group,to_group", "its columns (urn, event, from_group, to_group) are of no known kind"),
        ("Outcome,Sender,Receiver,school_id", "These may be ties, which a study takes as [population] ties"),
    ],
)
def test_a_file_like_none_that_is_known_is_not_taken_for_one(header: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{header}\n" + ",".join("1" * len(header.split(","))) + "\n")
    with pytest.raises(PopulationError) as fault:
        build_place(path)
    assert told in str(fault.value)
    assert "It would be" not in str(fault.value)


def test_a_folder_without_official_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(PopulationError, match="no official file of schools. other.csv was not read"):
        build_place(tmp_path)


def test_a_folder_of_thousands_of_files_is_not_gone_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_files, "_MOST_FILES", 3)
    files.write_all(tmp_path)
    with pytest.raises(PopulationError, match="holds 7 files; a folder of up to 3 is read"):
        build_place(tmp_path)


def test_what_all_files_together_lack_is_named(folder: Path) -> None:
    with pytest.raises(PopulationError) as fault:
        build_place([folder / "england_census_2018-19.csv", folder / "england_ks4final_2018-19.csv"])
    assert 'the authority ("LA (name)" of a register)' in str(fault.value)
    assert 'a place east ("Easting" of a register)' in str(fault.value)
    assert "roll" not in str(fault.value).partition("Read:")[0]


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for year in ("2018", "2019"):
        files.write(tmp_path / year / "register.csv", files.GIAS_2019, files.REGISTER_ROWS)
    place = build_place([tmp_path / "2018", tmp_path / "2019"])
    assert [record.file for record in place.files] == ["2018/register.csv", "2019/register.csv"]


def test_one_authority_of_several(folder: Path, tmp_path: Path) -> None:
    rows = [
        *files.REGISTER_ROWS,
        files.establishment(200001, "Oak", roll=100, fsm="5", **{"LA (name)": "Oakham", "LA (code)": "998"}),
    ]
    path = files.write(tmp_path / "register.csv", files.GIAS_2019, rows)
    for wanted in ("oakham", 998, ["Oakham"]):
        place = build_place(path, authority=wanted)
        assert place.schools["urn"].tolist() == [200001]
        assert place.fates["urn"].tolist() == [200001]
        assert place.authorities == ("Oakham",)
    with pytest.raises(PopulationError, match='no authority "Okham". Did you mean "Oakham"'):
        build_place(path, authority="Okham")


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("england_ks4final_2018-19.csv", 2019), ("edubasealldata20190601.csv", 2019), ("x20181001.csv", 2019),
        ("201819_ks2.csv", 2019), ("census_2017_18.csv", 2018), ("2016-2017_x.csv", 2017), ("ks4_2015.csv", 2015),
        ("spc_school_level_underlying_data_2025.csv", 2025), ("register.csv", None), ("a12345678.csv", None),
    ],
)  # fmt: skip
def test_years_of_names(name: str, year: int | None) -> None:
    assert source_files.year_of_name(name) == year
