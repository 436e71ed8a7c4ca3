"""Classifies establishments: the phase each counts in, or why it is left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from schoolsim.populations.schools import PRIMARY, SECONDARY, SPECIAL

# Reasons for leaving an establishment out, in the order of the notes.
INDEPENDENT: Final = "independent"
NURSERY: Final = "nursery"
REFERRAL: Final = "pupil referral unit or alternative provision"
OTHER: Final = "college, non-maintained special or other kind"
UNKNOWN: Final = "of no phase that is known"
LEFT_OUT: Final = (INDEPENDENT, NURSERY, REFERRAL, OTHER, UNKNOWN)

# Types in the school census and in statistics made from it; where there is one, it decides.
_CENSUS: Final[dict[str, int | str]] = {
    "state-funded primary": PRIMARY,
    "state-funded secondary": SECONDARY,
    "state-funded special school": SPECIAL,
    "state-funded special": SPECIAL,
    "independent school": INDEPENDENT,
    "state-funded nursery": NURSERY,
    "pupil referral unit": REFERRAL,
    "state-funded ap school": REFERRAL,
    "state-funded alternative provision": REFERRAL,
    "non-maintained special school": OTHER,
}
# Groups of types in the register, by code and by name, and in the performance tables.
_GROUPS: Final = {
    "1": "colleges", "2": "universities", "3": "independent schools",
    "4": "local authority maintained schools", "5": "special schools", "6": "welsh schools",
    "9": "other types", "10": "academies", "11": "free schools", "13": "online provider",
    "maintained school": "local authority maintained schools", "academy": "academies",
    "independent school": "independent schools", "special school": "special schools", "college": "colleges",
}  # fmt: skip
_OTHER_GROUPS: Final = frozenset({"colleges", "universities", "welsh schools", "other types", "online provider"})

# Types of establishment by their code in the register and in the performance tables (NFTYPE). The register's codes
# are those of `TypeOfEstablishment (code)`; those of NFTYPE are read beside the names in the same schools' register.
_TYPES: Final = {
    "1": "community school", "2": "voluntary aided school", "3": "voluntary controlled school",
    "5": "foundation school", "6": "city technology college", "7": "community special school",
    "8": "non-maintained special school", "10": "other independent special school",
    "11": "other independent school", "12": "foundation special school", "14": "pupil referral unit",
    "15": "local authority nursery school", "18": "further education", "24": "secure units",
    "25": "offshore schools", "26": "service children's education", "27": "miscellaneous",
    "28": "academy sponsor led", "29": "higher education institutions", "30": "welsh establishment",
    "31": "sixth form centres", "32": "special post 16 institution", "33": "academy special sponsor led",
    "34": "academy converter", "35": "free schools", "36": "free schools special",
    "37": "british schools overseas", "38": "free schools alternative provision", "39": "free schools 16 to 19",
    "40": "university technical college", "41": "studio schools",
    "42": "academy alternative provision converter", "43": "academy alternative provision sponsor led",
    "44": "academy special converter", "45": "academy 16-19 converter", "46": "academy 16 to 19 sponsor led",
    "49": "online provider", "56": "institution funded by other government department",
    "57": "academy secure 16 to 19",
    "ac": "academy sponsor led", "acc": "academy converter", "accs": "academy special converter",
    "acs": "academy special sponsor led", "ctc": "city technology college", "cy": "community school",
    "cys": "community special school", "f": "free schools", "fd": "foundation school",
    "fds": "foundation special school", "fesi": "further education", "fs": "free schools special",
    "ind": "other independent school", "indspec": "other independent special school",
    "nmss": "non-maintained special school", "ss": "studio schools", "utc": "university technical college",
    "va": "voluntary aided school", "vc": "voluntary controlled school",
}  # fmt: skip
# Words of a type's name that leave it out.
_OTHER_TYPES: Final = (
    "non-maintained", "post 16 institution", "secure", "overseas", "offshore", "further education",
    "higher education", "welsh establishment", "sixth form centre", "service children", "miscellaneous",
    "online provider", "other government department", "special college",
)  # fmt: skip
# Middle schools count as what they are deemed; all-through and 16-plus schools as secondary.
_PHASE_CODES: Final = {
    "1": "nursery", "2": "primary", "3": "middle deemed primary", "4": "secondary",
    "5": "middle deemed secondary", "6": "16 plus", "7": "all through",
}  # fmt: skip
_PHASES: Final[dict[str, int | str]] = {
    "nursery": NURSERY,
    "primary": PRIMARY,
    "middle deemed primary": PRIMARY,
    "secondary": SECONDARY,
    "middle deemed secondary": SECONDARY,
    "16 plus": SECONDARY,
    "all through": SECONDARY,
}


@dataclass(frozen=True)
class Evidence:
    """What the files say of one establishment's kind; blank where they say nothing.

    Args:
        census_type: Type in the school census, "State-funded primary".
        type_name: Type of establishment, "Academy special converter".
        type_code: The same as a code, of the register ("44") or the performance tables ("ACCS").
        group: Group of types, its name or its code.
        phase: Phase of education, its name or its code.
        result_phase: Phase whose results are published for it.
    """

    census_type: str = ""
    type_name: str = ""
    type_code: str = ""
    group: str = ""
    phase: str = ""
    result_phase: int | None = None


def classify(evidence: Evidence) -> int | str:
    """The phase an establishment counts in (a code), or the reason it is left out (one of `LEFT_OUT`)."""
    census_type = _plain(evidence.census_type)
    if census_type in _CENSUS:
        return _CENSUS[census_type]
    type_name = _plain(evidence.type_name) or _named(_TYPES, evidence.type_code)
    group = _named(_GROUPS, evidence.group)
    phase = _named(_PHASE_CODES, evidence.phase)
    if "independent" in type_name:
        return INDEPENDENT
    # The register groups city technology colleges with independent schools; they are funded by the state.
    if group == "independent schools" and type_name != "city technology college":
        return INDEPENDENT
    if "referral" in type_name or "alternative provision" in type_name:
        return REFERRAL
    if group in _OTHER_GROUPS or type_name == "college" or _contains(type_name, _OTHER_TYPES):
        return OTHER
    if group == "special schools" or "special" in type_name:
        return SPECIAL
    if phase not in _PHASES and evidence.result_phase is not None and phase != "not applicable":
        return evidence.result_phase
    if "nursery" in type_name:
        return NURSERY
    return _PHASES.get(phase, UNKNOWN)


def _named(names: dict[str, str], text: str) -> str:
    """The name a code stands for, or the name itself."""
    plain = _plain(text)
    return names.get(plain.lstrip("0"), plain)


def _contains(text: str, words: Collection[str]) -> bool:
    return any(word in text for word in words)


def _plain(text: str) -> str:
    return text.strip().casefold().replace("all-through", "all through")


_OPEN: Final = frozenset({"open", "open, but proposed to close", "1", "3"})


def is_open(status: str, closed_on: str) -> bool:
    """Whether an establishment is an open school.

    The status decides. Only where there is none does a closing date: such a date may come from a
    later register than the rest of the row, and one in the future is no closure yet.

    Args:
        status: Status of the establishment, its name or its code; blank if not given.
        closed_on: Closing date, blank if none.
    """
    if status.strip():
        return _plain(status).lstrip("0") in _OPEN
    return not closed_on.strip()
