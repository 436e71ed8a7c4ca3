"""What kind of establishment a row is: the phase it counts in, or why it is left out."""

from __future__ import annotations

from typing import Final

from schoolsim.populations.schools import PRIMARY, SECONDARY, SPECIAL

# Why a row is left out, in the order a note tells them.
INDEPENDENT: Final = "independent"
NURSERY: Final = "nursery"
REFERRAL: Final = "pupil referral unit or alternative provision"
OTHER: Final = "college, non-maintained special or other kind"
UNKNOWN: Final = "of no phase that is known"
LEFT_OUT: Final = (INDEPENDENT, NURSERY, REFERRAL, OTHER, UNKNOWN)

# Words of the census's own column, which settles the matter where it is there.
_CENSUS: Final[dict[str, int | str]] = {
    "state-funded primary": PRIMARY,
    "state-funded secondary": SECONDARY,
    "state-funded special school": SPECIAL,
    "independent school": INDEPENDENT,
    "state-funded nursery": NURSERY,
    "pupil referral unit": REFERRAL,
    "non-maintained special school": OTHER,
}
# The register's group of establishment, by code and by name.
_GROUP_CODES: Final = {
    "1": "colleges", "2": "universities", "3": "independent schools",
    "4": "local authority maintained schools", "5": "special schools", "6": "welsh schools",
    "9": "other types", "10": "academies", "11": "free schools", "13": "online provider",
}  # fmt: skip
_OTHER_GROUPS: Final = {
    "colleges", "universities", "welsh schools", "other types", "online provider",
}  # fmt: skip
_OTHER_TYPES: Final = ("non-maintained", "post 16 institution", "secure unit", "overseas")
# Middle schools count as what they are deemed; all-through and sixth-form schools as secondary.
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


def kind(*, census: str, type_name: str, group: str, phase: str) -> int | str:
    """The phase a row counts in (a code), or the reason it is left out (one of `LEFT_OUT`).

    Args:
        census: Type in the school census ("State-funded primary"), blank if not given.
        type_name: Type of establishment ("Academy special converter").
        group: Group of types, its name or its code.
        phase: Phase of education, its name or its code.
    """
    if _plain(census) in _CENSUS:
        return _CENSUS[_plain(census)]
    type_name, group, phase = _plain(type_name), _plain(group), _plain(phase)
    group = _GROUP_CODES.get(group.lstrip("0"), group)
    phase = _PHASE_CODES.get(phase.lstrip("0"), phase)
    if "independent" in type_name or group == "independent schools":
        return INDEPENDENT
    if "referral" in type_name or "alternative provision" in type_name:
        return REFERRAL
    if group in _OTHER_GROUPS or any(word in type_name for word in _OTHER_TYPES):
        return OTHER
    if group == "special schools" or "special" in type_name:
        return SPECIAL
    return _PHASES.get(phase, UNKNOWN)


def _plain(text: str) -> str:
    return text.strip().casefold().replace("all-through", "all through")


_OPEN: Final = {"open", "open, but proposed to close", "1", "3"}


def is_open(status: str, closed_on: str) -> bool:
    """Whether a row is an open school.

    The status decides. Only where there is none does a closing date: such a date may come from a
    later register than the rest of the row, and one in the future is no closure yet.

    Args:
        status: Status of the establishment, its name or its code; blank if not given.
        closed_on: Closing date, blank if none.
    """
    if status.strip():
        return _plain(status).lstrip("0") in _OPEN
    return not closed_on.strip()
