"""Rows of the ledger: every hour and pound is granted once and used, returned or lost once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from schoolsim.system.state.schema import Ledger

# Hours and pounds.
GRANTED: Final = 0
BOUGHT: Final = 1
JOINT: Final = 2
TRAVEL: Final = 3
ARRANGING: Final = 4
UNUSED: Final = 5
HOME: Final = 6
RETURNED: Final = 7
COVER: Final = 8
DEVELOPING: Final = 9  # training, enquiry, analysis of needs
FOLLOWING: Final = 10  # contact after the task
COACHING: Final = 11  # of colleagues, by advanced skills teachers
MEETINGS: Final = 12  # of networks, and gatherings
BROKERAGE: Final = 13
CONTACT: Final = 14  # keeping in touch at a distance
FACILITATOR: Final = 15
BIDDING: Final = 16
INSPECTED: Final = 17
EVALUATED: Final = 18
ACCREDITED: Final = 19
TOLD: Final = 20  # others, of what was accredited
UNCLAIMED: Final = 21  # of a central fund
UNFILLED: Final = 22  # of places that nobody has
AT_HOME: Final = 23  # talk about practice between colleagues
TALK: Final = 24  # between friends in different schools, and heads who meet
READING: Final = 25  # of what others put on a website
HELD_BACK: Final = 26  # of their schools' budgets, by trusts and federations
GIVEN_BACK: Final = 27  # of that, to their schools
HOURS: Final = {
    "granted": GRANTED,
    "bought": BOUGHT,
    "joint": JOINT,
    "travel": TRAVEL,
    "arranging": ARRANGING,
    "unused": UNUSED,
    "bidding": BIDDING,
    "inspection": INSPECTED,
    "evaluation": EVALUATED,
    "accreditation": ACCREDITED,
    "meetings": MEETINGS,
    "brokerage": BROKERAGE,
    "contact": CONTACT,
    "developing": DEVELOPING,
    "following": FOLLOWING,
    "coaching": COACHING,
    "at_home": AT_HOME,
    "talk": TALK,
    "reading": READING,
}
POUNDS: Final = {
    "granted": GRANTED, "cover": COVER, "home": HOME, "returned": RETURNED, "unclaimed": UNCLAIMED,
    "unfilled": UNFILLED, "evaluation": EVALUATED, "accreditation": ACCREDITED, "telling": TOLD,
    "facilitator": FACILITATOR, "held_back": HELD_BACK, "given_back": GIVEN_BACK,
}  # fmt: skip

# Counts of events.
TRANSFERS: Final = 0
BEGUN: Final = 1
ENDED: Final = 2
CREATED: Final = 3
APPROACHES: Final = 4
APPROACHES_COLD: Final = 5
ACCEPTED: Final = 6
ACCEPTED_COLD: Final = 7
INTRODUCED: Final = 8
DISCLOSED: Final = 9
FOCUSES: Final = 10
INFORMAL: Final = 11
OUTLIVED: Final = 12
TASKS_DONE: Final = 13
MODES_BEGUN: Final = 14  # and the three rows after it, one a mode
BIDS: Final = 18
BIDS_WON_SKILL: Final = 19  # mean skill of winners less that of all bidders
STOPPED: Final = 20
STOPPED_WRONGLY: Final = 21
AWARDS: Final = 22
REQUESTS: Final = 23
REQUESTS_COLD: Final = 24
RESETS: Final = 25
BLOCKED: Final = 26
HEADS_TIES: Final = 27
JUDGED: Final = 28
TURNED: Final = 29
DRIFTED: Final = 30
MET: Final = 31  # meetings of networks
FALLEN_OUT: Final = 32
MADE_UP: Final = 33
UNTOLD: Final = 34  # needs a broker was not told
JOINED: Final = 35  # places of programmes filled
REPLACED: Final = 36  # of them, places that had been another's or empty for a year
REFUSED_GATE: Final = 37  # by a head who keeps the gate shut
REFUSED_ROOM: Final = 38  # for want of room
REFUSED_UNWILLING: Final = 39
RENEWED: Final = 40  # tasks followed by another of the same two
REFILLED: Final = 41  # pairs
CHANGED_MODE: Final = 42
INTRODUCED_MET: Final = 43  # introductions that became a first meeting
INTRODUCED_WORK: Final = 44  # and joint work
# Mastery gained, by whom or what it was learnt from.
LEARNT_HOME: Final = 45
LEARNT_PROGRAMME: Final = 46
LEARNT_PARTNERS: Final = 47
LEARNT_FRIENDS: Final = 48
LEARNT_MEETINGS: Final = 49
LEARNT_WEBSITE: Final = 50
MOVED_TRUST: Final = 51  # schools that went over to a trust, from another or from none
COUNTS: Final = {
    "transfers": TRANSFERS, "begun": BEGUN, "ended": ENDED, "created": CREATED, "approaches": APPROACHES,
    "approaches_cold": APPROACHES_COLD, "accepted": ACCEPTED, "accepted_cold": ACCEPTED_COLD,
    "introduced": INTRODUCED, "disclosed": DISCLOSED, "focuses": FOCUSES, "informal": INFORMAL,
    "outlived": OUTLIVED, "tasks_done": TASKS_DONE, "bids": BIDS, "stopped": STOPPED,
    "stopped_wrongly": STOPPED_WRONGLY, "awards": AWARDS, "requests": REQUESTS, "requests_cold": REQUESTS_COLD,
    "resets": RESETS, "blocked": BLOCKED, "heads_ties": HEADS_TIES, "judged": JUDGED, "turned": TURNED,
    "drifted": DRIFTED, "met": MET, "fallen_out": FALLEN_OUT, "made_up": MADE_UP, "untold": UNTOLD,
    "joined": JOINED, "replaced": REPLACED, "refused_gate": REFUSED_GATE, "refused_room": REFUSED_ROOM,
    "refused_unwilling": REFUSED_UNWILLING, "renewed": RENEWED, "refilled": REFILLED, "changed_mode": CHANGED_MODE,
    "introduced_met": INTRODUCED_MET, "introduced_work": INTRODUCED_WORK, "learnt_home": LEARNT_HOME,
    "learnt_programme": LEARNT_PROGRAMME, "learnt_partners": LEARNT_PARTNERS, "learnt_friends": LEARNT_FRIENDS,
    "learnt_meetings": LEARNT_MEETINGS, "learnt_website": LEARNT_WEBSITE, "moved_trust": MOVED_TRUST,
}  # fmt: skip

_HOURS_USED: Final = [row for name, row in HOURS.items() if name not in ("granted", "bought")]
_POUNDS_USED: Final = [row for name, row in POUNDS.items() if name not in ("granted", "held_back")]

#: Places of each account.
ROWS: Final = 56


def open_half_term(ledger: Ledger) -> None:
    """Begin a half-term with empty accounts."""
    for account in (ledger.hours, ledger.pounds, ledger.counts):
        account[:] = 0.0


def hours_balance(ledger: Ledger) -> float:
    """Hours granted and bought less hours used or left: 0 but for rounding."""
    return float(ledger.hours[GRANTED] + ledger.hours[BOUGHT] - ledger.hours[_HOURS_USED].sum())


def pounds_balance(ledger: Ledger) -> float:
    """Pounds granted and held back less pounds used or returned: 0 but for rounding."""
    return float(ledger.pounds[GRANTED] + ledger.pounds[HELD_BACK] - ledger.pounds[_POUNDS_USED].sum())
