"""The trust and the federation of a school: current, the one joined last, from lists of members or the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.populations import build_place
from tests.populations import official_files as files

OPEN = {"Group Status": "Open"}


def trust_of(
    tmp_path: Path, *rows: dict[str, object], trust: str = "", **register: object
) -> tuple[str, str, str, str]:
    """Code, name, type and day of joining of the trust of a school with these rows."""
    school = files.establishment(100001, "Ash", roll=210, fsm="10", trust=trust, **register)
    files.write(tmp_path / "register.csv", files.GIAS_2019, [school])
    if rows:
        header = (
            "URN",
            "Group UID",
            "Group Name",
            "Group Type",
            "Group Status",
            "Closed Date",
            "Joined date",
            "Date Left Group",
        )
        files.write(tmp_path / "members.csv", header, [{"URN": 100001, **row} for row in rows])
    (row,) = build_place(tmp_path).schools.to_dict("records")
    return tuple(row[name] for name in ("trust_code", "trust_name", "trust_type", "trust_joined_on"))


def member(code: int, joined: str, kind: str = "Multi-academy trust", **changes: object) -> dict[str, object]:
    return {"Group UID": code, "Group Name": f"T{code}", "Group Type": kind, "Joined date": joined, **OPEN, **changes}


def test_the_trust_joined_last_counts_whatever_the_order(tmp_path: Path) -> None:
    rows = [member(1, "01-09-2012"), member(3, "01/04/2019"), member(2, "2015-09-01")]
    expected = ("3", "T3", "Multi-academy trust", "2019-04-01")
    assert trust_of(tmp_path, *rows) == trust_of(tmp_path, *rows[::-1]) == expected


@pytest.mark.parametrize(
    "over", [{"Group Status": "Closed"}, {"Closed Date": "31-08-2020"}, {"Date Left Group": "31-08-2020"}]
)
def test_a_trust_that_closed_or_was_left_is_passed_over(over: dict[str, str], tmp_path: Path) -> None:
    rows = [member(1, "01-09-2012"), member(2, "01-09-2019", **over)]
    assert trust_of(tmp_path, *rows)[0] == "1"


@pytest.mark.parametrize("kind", ["School sponsor", "Federation", "Trust", "Children's Centres Group", ""])
def test_other_groups_are_no_academy_trusts(kind: str, tmp_path: Path) -> None:
    assert trust_of(tmp_path, member(1, "01-09-2012", kind)) == ("", "", "", "")


@pytest.mark.parametrize("kind", ["Single-academy trust", "Secure single-academy trust", "Multi-academy trust"])
def test_every_kind_of_academy_trust(kind: str, tmp_path: Path) -> None:
    assert trust_of(tmp_path, member(1, "01-09-2012", kind))[2] == kind


def test_the_registers_own_trust_where_no_list_has_one(tmp_path: Path) -> None:
    own = {"Trusts (name)": "OWN", "TrustSchoolFlag (name)": "Supported by a multi-academy trust"}
    assert trust_of(tmp_path, trust="77", **own) == ("77", "OWN", "Supported by a multi-academy trust", "")
    files.write(tmp_path / "groups.csv", files.GROUPS, [
        {"Group UID": 77, "Group Name": "OWN", "Group Type": "Multi-academy trust", "Head of Group Last Name": "X"},
    ])  # fmt: skip
    assert trust_of(tmp_path, trust="77", **own)[2] == "Multi-academy trust"
    assert trust_of(tmp_path, member(8, "01-09-2012"), trust="77", **own)[:2] == ("8", "T8")
