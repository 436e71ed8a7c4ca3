"""Made-up official files of one authority, Thornshire, with the headers and oddities of the real ones.

What stands in them, school by school:

- 100001 Ash Primary: in every file, which disagree a little; 210 pupils, 21 on free meals in the census.
- 100002 Birch School, closed, followed by 140002 Birch Academy, which is open and blank.
- 100003 Cedar Infants and 100004 Cedar Juniors, closed, merged into 140003 Cedar Primary, open and blank.
- 100005 Dogwood School, closed, split into 140005 and 140006, open and blank.
- 100006 Elm Special, 100011 Technology College (state-funded, though grouped with independents).
- 100007 independent, 100008 referral unit, 100009 nursery, 100010 college.
- 100012 Fir Primary: a roll of a billion. 100013 Gorse Primary: proposed to open. 100014 Hazel: off the map.
- 100020 to 100022: primaries with Key Stage 2 results.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

GIAS_2019 = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)", "EstablishmentTypeGroup (code)", "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (code)", "EstablishmentStatus (name)", "ReasonEstablishmentOpened (code)",
    "ReasonEstablishmentOpened (name)", "OpenDate", "ReasonEstablishmentClosed (code)",
    "ReasonEstablishmentClosed (name)", "CloseDate", "PhaseOfEducation (code)", "PhaseOfEducation (name)",
    "StatutoryLowAge", "StatutoryHighAge", "Boarders (code)", "Boarders (name)", "NurseryProvision (name)",
    "OfficialSixthForm (code)", "OfficialSixthForm (name)", "Gender (code)", "Gender (name)",
    "ReligiousCharacter (code)", "ReligiousCharacter (name)", "ReligiousEthos (name)", "Diocese (code)",
    "Diocese (name)", "AdmissionsPolicy (code)", "AdmissionsPolicy (name)", "SchoolCapacity",
    "SpecialClasses (code)", "SpecialClasses (name)", "CensusDate", "NumberOfPupils", "NumberOfBoys",
    "NumberOfGirls", "PercentageFSM", "TrustSchoolFlag (code)", "TrustSchoolFlag (name)", "Trusts (code)",
    "Trusts (name)", "SchoolSponsorFlag (name)", "SchoolSponsors (name)", "FederationFlag (name)",
    "Federations (code)", "Federations (name)", "UKPRN", "FEHEIdentifier", "FurtherEducationType (name)",
    "OfstedLastInsp", "OfstedSpecialMeasures (code)", "OfstedSpecialMeasures (name)", "LastChangedDate", "Street",
    "Locality", "Address3", "Town", "County (name)", "Postcode", "SchoolWebsite", "TelephoneNum",
    "HeadTitle (name)", "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle", "InspectorateName (name)",
    "InspectorateReport", "DateOfLastInspectionVisit", "NextInspectionVisit", "TeenMoth (name)", "TeenMothPlaces",
    "CCF (name)", "SENPRU (name)", "EBD (name)", "PlacesPRU", "FTProv (name)", "EdByOther (name)",
    "Section41Approved (name)", "SEN1 (name)", "SEN2 (name)", "SEN3 (name)", "SEN4 (name)", "SEN5 (name)",
    "SEN6 (name)", "SEN7 (name)", "SEN8 (name)", "SEN9 (name)", "SEN10 (name)", "SEN11 (name)", "SEN12 (name)",
    "SEN13 (name)", "TypeOfResourcedProvision (name)", "ResourcedProvisionOnRoll", "ResourcedProvisionCapacity",
    "SenUnitOnRoll", "SenUnitCapacity", "GOR (code)", "GOR (name)", "DistrictAdministrative (code)",
    "DistrictAdministrative (name)", "AdministrativeWard (code)", "AdministrativeWard (name)",
    "ParliamentaryConstituency (code)", "ParliamentaryConstituency (name)", "UrbanRural (code)",
    "UrbanRural (name)", "GSSLACode (name)", "Easting", "Northing", "CensusAreaStatisticWard (name)", "MSOA (name)",
    "LSOA (name)", "Inspectorate (name)", "SENStat", "SENNoStat", "BoardingEstablishment (name)", "PropsName",
    "PreviousLA (code)", "PreviousLA (name)", "PreviousEstablishmentNumber", "OfstedRating (name)",
    "RSCRegion (name)", "Country (name)", "UPRN", "SiteName", "MSOA (code)", "LSOA (code)",
)  # fmt: skip
#: The register from April 2025 on: no Ofsted columns, some new ones.
GIAS_2025 = (
    *(name for name in GIAS_2019 if not name.startswith("Ofsted")),
    "FSM", "AccreditationExpiryDate", "QABName (code)", "QABName (name)", "QABReport", "CHNumber",
)  # fmt: skip
LINKS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
GROUP_LINKS = (
    "URN", "Linked UID", "Group Name", "Companies House Number", "Group Type", "Closed Date", "Group Status",
    "FederationType", "Joined date", "EstablishmentName", "TypeOfEstablishment (code)", "TypeOfEstablishment (name)",
    "PhaseOfEducation (code)", "PhaseOfEducation (name)", "LA (code)", "LA (name)", "HasSharedHT",
)  # fmt: skip
GROUP_LINKS_2024 = (
    "URN", "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type (code)", "Group Type",
    "Closed Date", "Open date", "Incorporated on (open date)", "Group Status (code)", "Group Status", "Joined date",
    "EstablishmentName", "TypeOfEstablishment (code)", "TypeOfEstablishment (name)", "PhaseOfEducation (code)",
    "PhaseOfEducation (name)", "LA (code)", "LA (name)",
)  # fmt: skip
GROUPS = (
    "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type", "Closed Date", "Group Status",
    "Head of Group Title", "Head of Group First Name", "Head of Group Last Name", "UKPRN", "Open date",
)  # fmt: skip
CENSUS = (
    "URN", "LA", "ESTAB", "SCHOOLTYPE", "NOR", "NORG", "NORB", "PNORG", "PNORB", "TSENELSE", "PSENELSE", "TSENELK",
    "PSENELK", "NUMEAL", "NUMENGFL", "NUMUNCFL", "PNUMEAL", "PNUMENGFL", "PNUMUNCFL", "NUMFSM", "NUMFSMEVER",
    "PNUMFSMEVER",
)  # fmt: skip
KEY_STAGE_4 = (
    "RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "ICLOSE", "NFTYPE", "TPUP", "ATT8SCR", "P8PUP", "TP8ADJ", "P8MEA",
    "P8CILOW", "P8CIUPP", "PTL2BASICS_94", "PTL2BASICS_95", "EBACCAPS", "P8_BANDING",
)  # fmt: skip
KEY_STAGE_2 = (
    "RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "NFTYPE", "TELNUM", "TOTPUPS", "TELIG", "PTRWM_EXP", "READPROG",
    "WRITPROG", "MATPROG",
)  # fmt: skip
WORKFORCE = (
    "LA Number", "Establishment Number", "URN", "School Phase", "Total Number of Teachers (Headcount)",
    "Total Number of Teaching Assistants (Headcount)", "Total Number of Teachers (Full-Time Equivalent)",
    "Pupil:     Teacher Ratio", "Mean Gross FTE Salary of All Teachers (£s)",
)  # fmt: skip
SCHOOL_INFORMATION = (
    "URN", "LANAME", "LA", "ESTAB", "LAESTAB", "SCHNAME", "STREET", "TOWN", "POSTCODE", "SCHSTATUS", "OPENDATE",
    "CLOSEDATE", "MINORGROUP", "SCHOOLTYPE", "ISPRIMARY", "ISSECONDARY", "ISPOST16", "AGELOW", "AGEHIGH", "GENDER",
)  # fmt: skip
STATISTICS_KS4 = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "version", "old_la_code",
    "new_la_code", "la_name", "school_name", "school_urn", "school_laestab", "establishment_type_group",
    "breakdown_topic", "breakdown", "sex", "disadvantage_status", "first_language", "prior_attainment", "mobility",
    "pupil_count", "attainment8_average", "progress8_average",
)  # fmt: skip
STATISTICS_KS2 = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "old_la_code", "la_name",
    "school_urn", "school_laestab", "school_name", "breakdown_topic", "breakdown", "subject",
    "expected_standard_pupil_percent", "average_scaled_score",
)  # fmt: skip
STATISTICS_WORKFORCE = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
    "region_name", "old_la_code", "new_la_code", "la_name", "school_laestab", "school_urn", "school_name",
    "school_type", "number_schools", "fte_workforce", "fte_all_teachers", "fte_classroom_teachers",
)  # fmt: skip
STATISTICS_PUPILS = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_name",
    "region_code", "urn", "old_la_code", "la_name", "new_la_code", "estab", "school_name", "laestab",
    "phase_type_grouping", "urban_rural", "school_postcode", "headcount total female", "headcount of pupils",
    "number of pupils known to be eligible for free school meals",
    "% of pupils known to be eligible for free school meals",
)  # fmt: skip


def csv_text(header: Iterable[str], rows: Iterable[Mapping[str, object]], *, quoted: bool = False) -> str:
    """A CSV file; columns that a row does not name are blank."""
    header = tuple(header)
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        assert set(row) <= set(header), set(row) - set(header)
        writer.writerow([row.get(name, "") for name in header])
    return out.getvalue()


def write(
    path: Path, header: Iterable[str], rows: Iterable[Mapping[str, object]], *, encoding: str = "utf-8-sig"
) -> Path:
    """Write a file of these rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(csv_text(header, rows, quoted=encoding == "cp1252").encode(encoding))
    return path


def establishment(urn: int, name: str, **changes: object) -> dict[str, object]:
    """A row of the register: an open community primary school of Thornshire, but for the changes."""
    words = {
        "type": "TypeOfEstablishment (name)", "group": "EstablishmentTypeGroup (name)",
        "status": "EstablishmentStatus (name)", "phase": "PhaseOfEducation (name)", "roll": "NumberOfPupils",
        "fsm": "PercentageFSM", "places": "SchoolCapacity", "east": "Easting", "north": "Northing",
        "opened": "OpenDate", "closed": "CloseDate", "trust": "Trusts (code)",
    }  # fmt: skip
    row: dict[str, object] = {
        "URN": urn, "EstablishmentName": name, "LA (code)": "999", "LA (name)": "Thornshire",
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentTypeGroup (name)": "Local authority maintained schools",
        "EstablishmentStatus (name)": "Open", "PhaseOfEducation (name)": "Primary", "NumberOfPupils": "",
        "PercentageFSM": "", "Easting": 440000 + urn % 1000 * 100, "Northing": 380000,
        "GOR (name)": "East Midlands", "UrbanRural (name)": "(England/Wales) Rural village",
        "HeadFirstName": "Given", "HeadLastName": "Surname", "TelephoneNum": "01234567890",
    }  # fmt: skip
    return {**row, **{words.get(key, key): value for key, value in changes.items()}}


ACADEMY = {"type": "Academy converter", "group": "Academies", "opened": "01-09-2018"}
CLOSED = {"status": "Closed", "closed": "31-08-2018"}
REGISTER_ROWS = (
    establishment(100001, "Ash Primary", roll=200, fsm="12.0", places=240, opened="01/09/1950"),
    establishment(100002, "Birch School", phase="Secondary", **CLOSED),
    establishment(140002, "Birch Academy\u2019s School", phase="Secondary", places=1000, trust="5001", **ACADEMY),
    establishment(100003, "Cedar Infants", **CLOSED),
    establishment(100004, "Cedar Juniors", **CLOSED),
    establishment(140003, "Cedar Primary", **ACADEMY),
    establishment(100005, "Dogwood School", **CLOSED),
    establishment(140005, "Dogwood North", **ACADEMY),
    establishment(140006, "Dogwood South", **ACADEMY),
    establishment(
        100006, "Elm Special", type="Community special school", group="Special schools", phase="Not applicable",
        roll=80, fsm="40.0",
    ),
    establishment(
        100007, "Independent", type="Other independent school", group="Independent schools", phase="Not applicable",
    ),
    establishment(100008, "Referral", type="Pupil referral unit", phase="Not applicable"),
    establishment(100009, "Nursery", type="Local authority nursery school", phase="Nursery"),
    establishment(100010, "College", type="Further education", group="Colleges", phase="16 plus"),
    establishment(
        100011, "Technology College", type="City technology college", group="Independent schools", phase="Secondary",
        roll=1100, fsm="15",
    ),
    establishment(100012, "Fir Primary", roll=1_000_000_000, fsm="10"),
    establishment(100013, "Gorse Primary", status="Proposed to open"),
    establishment(100014, "Hazel Primary", roll=150, fsm="10", east="", north=""),
    *(establishment(100020 + place, f"Ivy {place}", roll=210, fsm="20") for place in range(3)),
)  # fmt: skip
LINK_ROWS = (
    ("100002", "140002", "Successor"), ("140002", "100002", "Predecessor"),
    ("100003", "140003", "Result of Amalgamation"), ("140003", "100004", "Predecessor - amalgamated"),
    ("100005", "140005", "Successor - Split School"), ("140006", "100005", "Predecessor - Split School"),
    ("100001", "100020", "Sixth Form Centre Link"), ("100001", "100001", "Predecessor"),
    ("100016", "140016", "Successor"),
)  # fmt: skip
GROUP_LINK_ROWS = (
    {"URN": 140002, "Linked UID": 5001, "Group Name": "THORN TRUST", "Group Type": "Multi-academy trust",
     "Group Status": "Open", "Joined date": "01-09-2018", "EstablishmentName": "Birch Academy",
     "LA (name)": "Thornshire", "LA (code)": "999"},
    {"URN": 140002, "Linked UID": 4999, "Group Name": "OLD TRUST", "Group Type": "Single-academy trust",
     "Group Status": "Closed", "Closed Date": "31-08-2018", "Joined date": "01-09-2015"},
    {"URN": 140002, "Linked UID": 5100, "Group Name": "A Sponsor", "Group Type": "School sponsor",
     "Group Status": "Open"},
    {"URN": 100001, "Linked UID": 6001, "Group Name": "Thorn Federation", "Group Type": "Federation",
     "Group Status": "Open", "FederationType": "Hard"},
)  # fmt: skip
CENSUS_ROWS = (
    {"URN": 100001, "LA": 999, "SCHOOLTYPE": "State-funded primary", "NOR": 210, "NUMFSM": 21},
    {"URN": 100002, "LA": 999, "SCHOOLTYPE": "State-funded secondary", "NOR": 900, "NUMFSM": 90},
    {"URN": 100003, "LA": 999, "SCHOOLTYPE": "State-funded primary", "NOR": 100, "NUMFSM": 10},
    {"URN": 100004, "LA": 999, "SCHOOLTYPE": "State-funded primary", "NOR": 300, "NUMFSM": 90},
    {"URN": 100005, "LA": 999, "SCHOOLTYPE": "State-funded primary", "NOR": 400, "NUMFSM": 40},
    {"URN": 100007, "LA": 999, "SCHOOLTYPE": "Independent school", "NOR": 300, "NUMFSM": "NA"},
    {"URN": 100020, "LA": 999, "SCHOOLTYPE": "State-funded primary", "NOR": 210, "NUMFSM": "NA"},
    {"URN": "NAT", "ESTAB": "PRI", "SCHOOLTYPE": "State-funded primary", "NOR": 4_727_089, "NUMFSM": 745_453},
)  # fmt: skip
KEY_STAGE_4_ROWS = (
    {"RECTYPE": 1, "LEA": 999, "URN": 100002, "SCHNAME": "Birch School", "ICLOSE": 1, "NFTYPE": "CY",
     "ATT8SCR": "56.1", "P8MEA": "0.20", "PTL2BASICS_94": "45%"},
    {"RECTYPE": 1, "LEA": 999, "URN": 100011, "SCHNAME": "Technology College", "ICLOSE": 0, "NFTYPE": "CTC",
     "ATT8SCR": "SUPP", "P8MEA": "LOWCOV"},
    {"RECTYPE": 2, "LEA": 999, "URN": 100006, "SCHNAME": "Elm Special", "ICLOSE": 0, "NFTYPE": "CYS",
     "ATT8SCR": "NE", "P8MEA": "NE"},
    {"RECTYPE": 4, "LEA": 999}, {"RECTYPE": 5, "ATT8SCR": "44.5"}, {"RECTYPE": 7, "ATT8SCR": "46.7"},
)  # fmt: skip
KEY_STAGE_2_ROWS = (
    *({"RECTYPE": 1, "LEA": 999, "URN": 100020 + place, "PTRWM_EXP": f"{50 + 10 * place}%"} for place in range(3)),
    {"RECTYPE": 1, "LEA": 999, "URN": 100001, "PTRWM_EXP": "SUPP"},
    {"RECTYPE": 3, "LEA": 999, "PTRWM_EXP": "65%"},
)
WORKFORCE_ROWS = (
    {"LA Number": 999, "URN": 100002, "School Phase": "Secondary", "Total Number of Teachers (Headcount)": 60,
     "Total Number of Teachers (Full-Time Equivalent)": "55.5", "Pupil:     Teacher Ratio": "16.2"},
    {"LA Number": 999, "URN": 100001, "School Phase": "Primary", "Total Number of Teachers (Headcount)": "NA",
     "Total Number of Teachers (Full-Time Equivalent)": "10.0", "Pupil:     Teacher Ratio": "21.0"},
    {"LA Number": 999, "URN": 100020, "School Phase": "Primary", "Total Number of Teachers (Headcount)": "SUPP",
     "Total Number of Teachers (Full-Time Equivalent)": "SUPP", "Pupil:     Teacher Ratio": "0.0"},
)  # fmt: skip


def write_all(folder: Path) -> Path:
    """Write all files of Thornshire, named as the sites name them."""
    register = write(folder / "edubasealldata20190601.csv", GIAS_2019, REGISTER_ROWS, encoding="cp1252")
    assert b"Birch Academy\x92s" in register.read_bytes()
    links = [dict(zip(("URN", "LinkURN", "LinkType"), row, strict=True)) for row in LINK_ROWS]
    write(folder / "links_edubasealldata20190601.csv", LINKS, [
        {**row, "LinkName": "Linked", "LinkEstablishedDate": "01-09-2018"} for row in links
    ], encoding="cp1252")  # fmt: skip
    write(folder / "grouplinks_edubaseallacademiesandfree20190601.csv", GROUP_LINKS, GROUP_LINK_ROWS, encoding="cp1252")
    write(folder / "england_census_2018-19.csv", CENSUS, CENSUS_ROWS)
    write(folder / "england_ks4final_2018-19.csv", KEY_STAGE_4, KEY_STAGE_4_ROWS)
    write(folder / "england_ks2final_2018-19.csv", KEY_STAGE_2, KEY_STAGE_2_ROWS)
    write(folder / "england_swf_2018-19.csv", WORKFORCE, WORKFORCE_ROWS)
    return folder
