"""Every kind of official file is recognised by its columns, in the forms of 2017 to 2025."""

from __future__ import annotations

import pytest

from schoolsim.populations.official.file_kinds import (
    CENSUS,
    GROUP_LINKS,
    GROUPS,
    KEY_STAGE_2,
    KEY_STAGE_4,
    LINKS,
    REGISTER,
    SCHOOL_INFORMATION,
    STATISTICS,
    WORKFORCE,
    FileKind,
)
from schoolsim.populations.official.recognition import canonical, personal_columns, positions, recognise
from tests.populations import made_up
from tests.populations import official_files as files

GIAS_EXTRACT = (
    "URN", "LA Name", "Establishment name", "Type of establishment (name)", "Phase of education (name)", "X", "Y",
)  # fmt: skip
ACADEMIES = ("URN", "UID", "Group Name", "Group Type", "Date Joined Group", "Date Left Group", "EstablishmentName")
GEOGRAPHIC_KS4 = ("RECTYPE", "URN", "SCHNAME", "PCODE", "P8MEA", "ATT8SCR", "SCHTYPE", "LATITUDE", "LONGITUDE")
OLDER_KS4 = ("RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "TOTPUPS", "PTAC5EM_PTQ")
OLDER_KS2 = ("RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "TOTPUPS", "PTREADWRITTAMATX")
WORKFORCE_2023 = (
    "URN", "Total Number of Teachers (Full-Time Equivalent)", "Total Number of Teachers (Headcount)",
    "Pupil: Teacher Ratio (Full-Time Equivalent of qualified and unqualified teachers)",
)  # fmt: skip


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (files.GIAS_2019, REGISTER),
        (files.GIAS_2025, REGISTER),
        (made_up.COLUMNS, REGISTER),
        (made_up.REGISTER, REGISTER),
        (GIAS_EXTRACT, REGISTER),
        (files.LINKS, LINKS),
        (files.GROUP_LINKS, GROUP_LINKS),
        (files.GROUP_LINKS_2024, GROUP_LINKS),
        (ACADEMIES, GROUP_LINKS),
        (files.GROUPS, GROUPS),
        (files.CENSUS, CENSUS),
        (files.KEY_STAGE_4, KEY_STAGE_4),
        (GEOGRAPHIC_KS4, KEY_STAGE_4),
        (OLDER_KS4, KEY_STAGE_4),
        (files.KEY_STAGE_2, KEY_STAGE_2),
        (OLDER_KS2, KEY_STAGE_2),
        (files.WORKFORCE, WORKFORCE),
        (WORKFORCE_2023, WORKFORCE),
        (files.SCHOOL_INFORMATION, SCHOOL_INFORMATION),
        (files.STATISTICS_KS4, STATISTICS),
        (files.STATISTICS_KS2, STATISTICS),
        (files.STATISTICS_WORKFORCE, STATISTICS),
        (files.STATISTICS_PUPILS, STATISTICS),
    ],
)
def test_a_kind_is_recognised(header: tuple[str, ...], kind: FileKind) -> None:
    found = recognise(header)
    assert found is not None
    assert found.id == kind.id
    assert recognise([name.upper() for name in reversed(header)]).id == kind.id  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "header",
    [("URN",), ("a", "b"), ("id", "Sender", "Receiver", "Outcome"), ("URN", "event", "from_uid", "to_uid"), ()],
)
def test_other_tables_are_none(header: tuple[str, ...]) -> None:
    assert recognise(header) is None


def test_every_column_that_is_read_is_found_under_each_of_its_names() -> None:
    for kind in (REGISTER, CENSUS, KEY_STAGE_4, KEY_STAGE_2, WORKFORCE, STATISTICS, GROUP_LINKS, LINKS, GROUPS):
        for field, names in kind.columns.items():
            for name in names:
                assert positions(["filler", name], kind)[field] == 1


def test_the_best_name_wins_and_the_first_of_two_alike() -> None:
    header = ("EstablishmentStatus (code)", "URN", "EstablishmentStatus (name)", "urn")
    assert positions(header, REGISTER) == {"status": 2, "urn": 1}


def test_names_are_compared_without_case_spaces_and_punctuation() -> None:
    assert canonical("Pupil:     Teacher Ratio") == canonical("Pupil: Teacher Ratio")
    assert canonical("LA (name)") == canonical("la__name_")
    assert canonical("% of pupils") != canonical("number of pupils")


def test_columns_about_persons_are_known_and_headcounts_are_none() -> None:
    assert personal_columns(files.GIAS_2019) == [
        "TelephoneNum", "HeadTitle (name)", "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle",
    ]  # fmt: skip
    assert personal_columns(files.GROUPS) == [
        "Head of Group Title", "Head of Group First Name", "Head of Group Last Name",
    ]  # fmt: skip
    assert personal_columns(("Headcount", "headcount of pupils", "Heading", "Contract")) == []
    # None of them is ever among the columns that are read.
    for kind in (REGISTER, GROUPS, GROUP_LINKS, KEY_STAGE_2, SCHOOL_INFORMATION):
        assert personal_columns([name for names in kind.columns.values() for name in names]) == []
