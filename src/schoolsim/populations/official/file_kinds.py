"""Kinds of official file: the columns by which each is recognised, and those that are read of it.

Column names are those of the files of 2017 to 2025; `recognition` compares them. Sources:
header rows of the files themselves (Get Information About Schools downloads; Compare School Performance downloads;
Explore Education Statistics data files) and the Department for Education's own readers of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_YEARS: Final = range(2040, 2004, -1)

# Names of columns that several kinds share, by the field they are read into.
_PERFORMANCE_IDENTITY: Final = {
    "urn": ("URN",),
    "record": ("RECTYPE",),
    "authority_code": ("LEA", "LA"),
    "name": ("SCHNAME",),
    "closed_flag": ("ICLOSE",),
    "type_code": ("NFTYPE",),
    "type_name": ("SCHTYPE",),
    "latitude": ("LATITUDE",),
    "longitude": ("LONGITUDE",),
    "roll": ("TOTPUPS",),
}
_WORKFORCE: Final = {
    "heads": ("Total Number of Teachers (Headcount)", "hc_all_teachers"),
    "fte": (
        "TeachersFTE_SWF",
        "Total Number of Teachers (Full-Time Equivalent)",
        "fte_all_teachers",
        "teachers_fte",
        "teacher_fte_in_census_year",
    ),
    "fte_other": ("TeachersFTE_FFT",),
    "ratio": (
        "Pupil: Teacher Ratio",
        "Pupil: Teacher Ratio (Full-Time Equivalent of qualified and unqualified teachers)",
        "RATPUPTEA",
        "pupil_to_qual_unqual_teacher_ratio",
    ),
}
_RESULTS: Final = {
    "attainment8": (*(f"Attainment8_{year}" for year in _YEARS), "ATT8SCR", "attainment8_average", "avg_att8"),
    "progress8": (*(f"Progress8_{year}" for year in _YEARS), "P8MEA", "progress8_average", "avg_p8score"),
    "key_stage_2": (*(f"KS2_{year}" for year in _YEARS), "PTRWM_EXP", "PTREADWRITTAMATX"),
}


@dataclass(frozen=True)
class FileKind:
    """One kind of official file.

    Args:
        id: Short name.
        title: What a message calls it.
        signature: Groups of columns; a file of this kind has one column of each group.
        columns: Field -> names its column may have, best first.
    """

    id: str
    title: str
    signature: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]


REGISTER: Final = FileKind(
    "register",
    "register of schools",
    (
        ("URN",),
        ("EstablishmentName",),
        ("LA (name)", "LA (code)", "Local authority"),
        (
            "NumberOfPupils", "PercentageFSM", "Easting", "EstablishmentStatus (name)", "EstablishmentStatus (code)",
            "PhaseOfEducation (name)", "PhaseOfEducation (code)",
        ),
    ),
    {
        "urn": ("URN",),
        "record": ("RECTYPE",),
        "authority": ("LA (name)", "Local authority (name)", "Local authority"),
        "authority_code": ("LA (code)", "Local authority (code)"),
        "name": ("EstablishmentName", "Establishment name"),
        "type_name": ("TypeOfEstablishment (name)",),
        "type_code": ("TypeOfEstablishment (code)",),
        "group": ("EstablishmentTypeGroup (name)", "EstablishmentTypeGroup (code)"),
        "phase": ("PhaseOfEducation (name)", "PhaseOfEducation (code)"),
        "census_type": ("CensusSchoolType",),
        "status": ("EstablishmentStatus (name)", "EstablishmentStatus (code)"),
        "opened_on": ("OpenDate",),
        "closed_on": ("CloseDate",),
        "region": ("GOR (name)",),
        "urban_rural": ("UrbanRural (name)", "UrbanRural (code)"),
        "trust_code": ("Trusts (code)",),
        "trust_name": ("Trusts (name)",),
        "trust_type": ("TrustType", "TrustSchoolFlag (name)"),
        "trust_joined_on": ("TrustJoinedDate",),
        "federation_code": ("Federations (code)",),
        "federation_name": ("Federations (name)",),
        "roll": ("NumberOfPupils",),
        "fsm_percent": ("PercentageFSM",),
        "easting": ("Easting", "X", "X coordinate", "Easting (X)"),
        "northing": ("Northing", "Y", "Y coordinate", "Northing (Y)"),
        "places": ("SchoolCapacity",),
        "use": ("CapacityUse",),
        **_WORKFORCE,
        **_RESULTS,
    },
)  # fmt: skip

SCHOOL_INFORMATION: Final = FileKind(
    "school information",
    "school information of the performance tables",
    (("URN",), ("SCHNAME",), ("LANAME",), ("SCHSTATUS", "MINORGROUP", "SCHOOLTYPE")),
    {
        **_PERFORMANCE_IDENTITY,
        "authority": ("LANAME",),
        "type_name": ("SCHOOLTYPE",),
        "group": ("MINORGROUP",),
        "status": ("SCHSTATUS",),
        "opened_on": ("OPENDATE",),
        "closed_on": ("CLOSEDATE",),
    },
)

CENSUS: Final = FileKind(
    "census",
    "school census of the performance tables",
    (("URN",), ("NOR",), ("NUMFSM", "PNUMFSM", "NUMFSMEVER", "PNUMFSMEVER", "SCHOOLTYPE")),
    {
        "urn": ("URN",),
        "authority_code": ("LA", "LEA"),
        "census_type": ("SCHOOLTYPE",),
        "roll": ("NOR",),
        "fsm_percent": ("PNUMFSM",),
        "fsm_count": ("NUMFSM",),
    },
)

KEY_STAGE_4: Final = FileKind(
    "key stage 4",
    "Key Stage 4 performance table",
    (("URN",), ("ATT8SCR", "P8MEA", "TOTATT8", "PTL2BASICS_94", "PTL2BASICS_95", "PTAC5EM_PTQ", "PTAC5EM", "EBACCAPS")),
    {**_PERFORMANCE_IDENTITY, "attainment8": ("ATT8SCR",), "progress8": ("P8MEA",)},
)

KEY_STAGE_2: Final = FileKind(
    "key stage 2",
    "Key Stage 2 performance table",
    (("URN",), ("PTRWM_EXP", "READPROG", "MATPROG", "READ_AVERAGE", "PTREADWRITTAMATX", "TELIG", "TAPS")),
    {**_PERFORMANCE_IDENTITY, "key_stage_2": ("PTRWM_EXP", "PTREADWRITTAMATX")},
)

WORKFORCE: Final = FileKind(
    "workforce",
    "school workforce census",
    (("URN",), (*_WORKFORCE["heads"][:1], *_WORKFORCE["fte"][1:2], *_WORKFORCE["ratio"][:3])),
    {"urn": ("URN",), "authority_code": ("LA Number", "LEA", "LA"), "phase": ("School Phase",), **_WORKFORCE},
)

STATISTICS: Final = FileKind(
    "statistics",
    "Explore Education Statistics file",
    (("time_period",), ("geographic_level",), ("school_urn", "urn")),
    {
        "urn": ("school_urn", "urn"),
        "level": ("geographic_level",),
        "period": ("time_period",),
        "version": ("version",),
        "authority": ("la_name",),
        "authority_code": ("old_la_code",),
        "name": ("school_name",),
        "region": ("region_name",),
        "urban_rural": ("urban_rural",),
        "census_type": ("phase_type_grouping",),
        "type_name": ("typeofestablishment_name", "type_of_establishment", "school_type"),
        "opened_on": ("opendate",),
        "roll": ("headcount of pupils",),
        "fsm_percent": (
            "% of pupils known to be eligible for free school meals",
            "% of pupils known to be eligible for and claiming free school me",
            "% of pupils known to be eligible for free school meals (Performa",
        ),
        "fsm_count": ("number of pupils known to be eligible for free school meals",),
        "heads": ("hc_all_teachers",),
        "fte": _WORKFORCE["fte"][2:],
        "ratio": ("pupil_to_qual_unqual_teacher_ratio",),
        "attainment8": ("attainment8_average", "avg_att8"),
        "progress8": ("progress8_average", "avg_p8score"),
        "key_stage_2": ("expected_standard_pupil_percent", "pt_rwm_met_expected_standard"),
    },
)

LINKS: Final = FileKind(
    "links",
    "links between establishments",
    (("URN",), ("LinkURN",), ("LinkType",)),
    {
        "urn": ("URN",),
        "link_urn": ("LinkURN",),
        "link_type": ("LinkType",),
        "link_name": ("LinkName",),
        "linked_on": ("LinkEstablishedDate",),
    },
)

GROUP_LINKS: Final = FileKind(
    "group links",
    "members of trusts, federations and sponsors",
    (("URN",), ("Linked UID", "Group UID", "UID"), ("Group Name",), ("Group Type", "Group Type (name)")),
    {
        "urn": ("URN",),
        "group_uid": ("Linked UID", "Group UID", "UID"),
        "group_name": ("Group Name",),
        "group_type": ("Group Type", "Group Type (name)"),
        "group_status": ("Group Status", "Group Status (name)"),
        "group_closed_on": ("Closed Date", "Group Closed Date"),
        "joined_on": ("Joined date", "Date Joined Group"),
        "left_on": ("Date Left Group",),
        "federation_type": ("FederationType",),
        "name": ("EstablishmentName",),
        "type_name": ("TypeOfEstablishment (name)",),
        "type_code": ("TypeOfEstablishment (code)",),
        "phase": ("PhaseOfEducation (name)", "PhaseOfEducation (code)"),
        "authority": ("LA (name)",),
        "authority_code": ("LA (code)",),
    },
)

GROUPS: Final = FileKind(
    "groups",
    "trusts, federations and sponsors",
    (("Group UID", "UID"), ("Group Name",), ("Group Type", "Group Type (name)")),
    {
        "group_uid": ("Group UID", "UID"),
        "group_name": ("Group Name",),
        "group_type": ("Group Type", "Group Type (name)"),
    },
)

#: All kinds, in the order in which a file's columns are compared with them: those with more columns of their own first.
KINDS: Final = (
    LINKS, GROUP_LINKS, GROUPS, STATISTICS, REGISTER, SCHOOL_INFORMATION, CENSUS, WORKFORCE, KEY_STAGE_4, KEY_STAGE_2,
)  # fmt: skip
