"""Names for who and what is in a story; made up, and always the same for the same one."""

from __future__ import annotations

from typing import Final

from schoolsim.rules.codes import ADAPTATION, ADVANCED, CREATION, EXCHANGE, PRIMARY, REPLICATION, SECONDARY
from schoolsim.system.state import State
from schoolsim.system.state.schema import HALF_TERMS

PLACES: Final = (
    "Ash", "Beech", "Birch", "Cedar", "Elm", "Fern", "Hazel", "Holly", "Ivy", "Juniper", "Larch", "Lime", "Maple",
    "Oak", "Pine", "Poplar", "Rowan", "Sorrel", "Thorn",
    "Willow", "Yew", "Alder", "Bramble", "Heather", "Briar", "Clover",
)  # fmt: skip
GROUNDS: Final = ("Bank", "Bridge", "Close", "Field", "Green", "Grove", "Hill", "Lane", "Mead", "Park", "Road", "Side")
SURNAMES: Final = (
    "Abbott", "Ali", "Bell", "Bose", "Carter", "Chen", "Cole", "Davies", "Evans", "Fox", "Green", "Hall", "Hughes",
    "Khan", "King", "Lee", "Lewis", "Moore", "Okoro", "Owen",
    "Patel", "Price", "Reid", "Shah", "Singh", "Stone", "Ward",
    "Webb", "White", "Young",
)  # fmt: skip
TITLES: Final = ("Ms", "Mr", "Mrs")
SCHOOLS: Final = {PRIMARY: "Primary", SECONDARY: "High School"}
MODES: Final = {
    REPLICATION: "replication", ADAPTATION: "adaptation", EXCHANGE: "exchange", CREATION: "creating practice together",
}  # fmt: skip
PARTS: Final = ("autumn", "autumn, second half", "spring", "spring, second half", "summer", "summer, second half")
TECHNICAL, LADEN = 0.35, 0.65  # kinds of practice below and above which it is called so


def school(state: State, row: int) -> str:
    """A school's name, told by its place in the order of numbers: no two of the first 312 of a phase share one."""
    uids, phase = state.schools.uid, int(state.schools.phase[row])
    order = int((uids[state.schools.phase == phase] < uids[row]).sum())
    place, ground = PLACES[order % len(PLACES)], GROUNDS[order // len(PLACES) % len(GROUNDS)]
    again = order // (len(PLACES) * len(GROUNDS))
    return f"{place} {ground} {SCHOOLS.get(phase, 'School')}{f' {again + 1}' if again else ''}"


def person(uid: int) -> str:
    """A teacher's name."""
    return f"{TITLES[uid % len(TITLES)]} {SURNAMES[uid * 7 % len(SURNAMES)]}"


def pronoun(uid: int) -> str:
    """What a teacher is called after the name."""
    return "he" if TITLES[uid % len(TITLES)] == "Mr" else "she"


def post_of(state: State, uid: int) -> int:
    """The post a person has now; -1 for none."""
    found = (state.teachers.uid == uid).nonzero()[0]
    return int(found[0]) if len(found) else -1


def role(code: int) -> str:
    """What a teacher with this role is in the school."""
    if code == ADVANCED:
        return "advanced skills teacher"
    return "middle leader" if code == 1 else "class teacher"


def practice(state: State, row: int) -> str:
    """A practice by its number and kind."""
    kind = float(state.practices.kind[row])
    word = "technical " if kind < TECHNICAL else "values-laden " if kind > LADEN else ""
    return f"a {word}practice (no. {row})"


def when(half_term: int) -> str:
    """A half-term as a school says it."""
    return f"Year {half_term // HALF_TERMS + 1}, {PARTS[half_term % HALF_TERMS]}"


def trust_word(level: float) -> str:
    """A level of trust in words, with its number."""
    steps = ((0.2, "hardly"), (0.4, "a little"), (0.6, "fairly well"), (1.01, "a great deal"))
    word = next(text for most, text in steps if level < most)
    return f"{word} ({level:.2f} of 1)"


def number_of(count: int, thing: str = "") -> str:
    """`one pair`, `three pairs`, `12 pairs`; without a thing the number alone."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    number = words[count] if count < len(words) else str(count)
    return f"{number} {thing}{'' if count == 1 else 's'}" if thing else number
