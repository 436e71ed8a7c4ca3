"""Hours granted, and taken before joint work: small systems worked by hand (M15, M25, M30)."""

from __future__ import annotations

import pytest

from schoolsim.rules.codes import ADAPTATION, ADVANCED, EXCHANGE
from schoolsim.rules.modes import Terms
from schoolsim.system.phases import leadership
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import (
    ACCREDITED,
    ARRANGING,
    BIDDING,
    BOUGHT,
    CONTACT,
    COVER,
    DEVELOPING,
    EVALUATED,
    FOLLOWING,
    GIVEN_BACK,
    GRANTED,
    HOME,
    INSPECTED,
    JOINT,
    MEETINGS,
    RETURNED,
    TALK,
    TRAVEL,
    UNUSED,
    hours_balance,
)
from schoolsim.system.time_money.budgets import analyse_needs, grant_hours, keep_in_touch, own_time, spend_on_meeting
from schoolsim.system.time_money.pair_hours import spend_pair_hours
from tests.system.by_hand import certain, partnership, put, side_by_side, state_of, tie

HEADS = {
    "time__formal_hours": 6.0, "time__tone_slope": 0.8, "time__full_share": 0.95,

}  # fmt: skip


def test_a_head_grants_hours_and_each_use_takes_its_part_first() -> None:
    """95% full and of middling tone: 6 hours each of five staff. The last use finds less than it asks."""
    state = state_of(2, [5, 2])
    put(state.schools, slack=9.0, roll=95.0, capacity=100.0, tone=0.5, home_hours=3.0, near_inspection=(1, 0))
    put(state.schools, bidding_hours=(10.0, 0.0), evaluation_hours=(4.0, 0.0), award_hours=(20.0, 3.0))
    grant_hours(state, certain(**HEADS, inspection__hours=0.2))
    assert state.schools.slack.tolist() == pytest.approx([1.0, 1.0])
    hours = state.ledger.hours
    assert (hours[INSPECTED], hours[BIDDING], hours[EVALUATED], hours[ACCREDITED]) == pytest.approx(
        (6.0, 10.0, 4.0, 13.0)
    )
    assert hours[GRANTED] == pytest.approx(33.0)
    assert state.schools.hours.tolist() == pytest.approx([0.0, 4.5])
    assert state.schools.home_hours.tolist() == [0.0, 0.0]


def test_an_analysis_of_needs_takes_up_to_half_the_hours() -> None:
    """.5 x 24 hours of four staff are 3 each; of one staff 12, of which it gives half its 10."""
    state = state_of(2, [4, 1])
    put(state.schools, hours=10.0)
    analyse_needs(state, certain(needs__analysis=0.5, needs__hours=24.0))
    assert state.schools.hours.tolist() == [7.0, 5.0]
    assert state.schools.needs_analysed.tolist() == [0.5, 0.5]
    assert state.ledger.hours[GRANTED] == state.ledger.hours[DEVELOPING] == 12.0 + 5.0


def test_schools_keep_in_touch_with_friendly_ones_as_far_as_hours_go() -> None:
    """.5 x 4 hours a friendly tie: 4 for the first, of 2 x 10; the second has half of the 2 asked."""
    state = state_of(4, 2)
    tie(state, 0, (0, 1))
    tie(state, 1, (0, 2))
    tie(state, 2, (1, 3), hostile=1)
    tie(state, 3, (2, 3))
    state.ties.alive[3] = 0
    put(state.schools, hours=(10.0, 0.5, 10.0, 10.0), contact_kept=0.3)
    keep_in_touch(state, certain(remote__contact=0.5, remote__hours=4.0))
    assert state.schools.hours.tolist() == [8.0, 0.0, 9.0, 10.0]
    assert state.schools.contact_kept.tolist() == [1.0, 0.5, 1.0, 1.0]
    assert state.ledger.hours[GRANTED] == state.ledger.hours[CONTACT] == 7.0


def led(half_term: int) -> State:
    state = state_of(2, 2)
    tie(state, 0, (0, 1))
    put(state.teachers, years=30.0)
    p = certain(
        **HEADS, needs__analysis=0.5, needs__hours=4.0, enquiry__share=9.0, remote__contact=1.0, remote__hours=1.0,
        guardians__years=20.0,
    )  # fmt: skip
    leadership.run(state, p, Clock((1, half_term)))
    return state


@pytest.mark.parametrize(
    ("half_term", "counted", "analysed"), [(-6, 1, 1), (-1, 0, 0), (0, 1, 1), (1, 0, 0), (5, 0, 0), (6, 1, 1)]
)
def test_what_leaders_do_when(half_term: int, counted: int, analysed: int) -> None:
    """Guardians are counted, needs analysed and scholarships awarded once a year."""
    state = led(half_term)
    assert state.schools.guardians.tolist() == [counted] * 2
    assert (state.schools.needs_analysed > 0.0).tolist() == [analysed] * 2
    assert state.teachers.enquiring.tolist() == [analysed] * 4
    assert state.ledger.hours[CONTACT] > 0.0
    assert (state.schools.hours > 0.0).all()


def test_levers_in_force_at_a_school_are_its_own() -> None:
    """Only the second school's area analyses needs and keeps in touch."""
    p = side_by_side(certain(needs__hours=24.0, remote__hours=4.0), certain(needs__analysis=0.5, remote__contact=0.5))
    state = state_of(2, 2)
    tie(state, 0, (0, 1))
    put(state.schools, hours=10.0, area=(0, 1))
    analyse_needs(state, p)
    assert state.schools.hours.tolist() == [10.0, 5.0]
    keep_in_touch(state, p)
    assert state.schools.hours.tolist() == [10.0, 4.0]
    assert state.schools.contact_kept.tolist() == [1.0, 1.0]


def test_the_last_tie_of_a_full_table_is_kept_up_too_and_half_an_hour_is_asked() -> None:
    """.25 x 2 hours for the one tie; the first school has half of it."""
    state = state_of(2, 1, ties=1)
    tie(state, 0, (0, 1))
    put(state.schools, hours=(0.25, 10.0))
    keep_in_touch(state, certain(remote__contact=0.25, remote__hours=2.0))
    assert state.schools.contact_kept.tolist() == [0.5, 1.0]


def test_only_what_a_school_has_can_be_spent_on_a_meeting() -> None:
    state = state_of(2, 4)
    put(state.schools, hours=(3.0, 1.0))
    assert spend_on_meeting(state, 0, 6.0) == 6.0
    assert spend_on_meeting(state, 1, 6.0) == 4.0
    assert state.schools.hours.tolist() == [1.5, 0.0]
    assert state.ledger.hours[GRANTED] == state.ledger.hours[MEETINGS] == 10.0


def test_time_of_their_own_is_granted_and_used() -> None:
    state = state_of(1)
    put(state.ledger, hours=1.0)
    own_time(state.ledger, 2.5, TALK)
    assert (state.ledger.hours[GRANTED], state.ledger.hours[TALK], state.ledger.hours[UNUSED]) == (3.5, 3.5, 1.0)


# --- a pair's half-term ---------------------------------------------------------------------------

#: Half of what is granted is for partners; a fifth falls apart; an hour to arrange; four miles an hour of two visits.
PAIR = {
    "time__committed": 0.5, "time__arranging": 1.0, "timetable__coincide": 0.8, "time__in_class": 0.5,
    "travel__speed": 20.0, "travel__visits": 2.0, "funding__hour": 25.0,
    "funding__purse": "partnership", "funding__originator_keeps": 0.75, "funding__home_value": 0.3,
    "ast__time": 0.2, "ast__working_hours": 100.0, "ast__outreach": 0.5, "training__rate": 0.05,
    "remote__contact": 0.5,
}  # fmt: skip
#: The learner gives .8 hours for each of the originator's; .5 more to arrange.
TERMS = Terms(1.0, 0.5, 0.5, 0.5, 0.5, 1.0, 0.5, 0.8)


def pair(**cells: float) -> State:
    """Two of two schools ten miles apart, with 40 hours each, in adaptation; ten hours are wanted."""
    state = state_of(2, 2)
    tie(state, 0, (0, 1), miles=10.0)
    put(state.schools, hours=40.0)
    partnership(state, 0, (0, 1), 0, **{"mode": ADAPTATION, "wanted": 10.0, "pairs": 1} | cells)
    put(state.teachers, pairs=(1, 0, 1, 0))
    return state


def spent(state: State, **values: float | str) -> float:
    return spend_pair_hours(state, certain(**PAIR | values), Clock((1, 3)), 0, 0, TERMS)


def hours_of(state: State, *uses: int) -> list[float]:
    return [float(state.ledger.hours[use]) for use in uses]


def test_a_pairs_hours_are_accounted_for() -> None:
    """Each has .5 x 40 = 20, 4 of which are apart; the giver travels 2 x 20 miles, 2 hours; both arrange 1.5.

    The giver uses 10 + 2 + 1.5 of 16, the learner 8 + 1.5; half of either is in class.
    """
    state = pair()
    assert spent(state) == 10.0
    assert hours_of(state, GRANTED, JOINT, TRAVEL, ARRANGING, UNUSED) == pytest.approx([40.0, 18.0, 2.0, 3.0, 17.0])
    assert state.teachers.hours_out.tolist() == pytest.approx([6.75, 0.0, 4.75, 0.0])
    assert hours_of(state, BOUGHT, DEVELOPING, FOLLOWING) == [0.0, 0.0, 0.0]
    assert hours_balance(state.ledger) == pytest.approx(0.0)


def test_a_pair_works_as_long_as_the_shorter_side_can() -> None:
    """16 - 2 - 1.5 = 12.5 of the giver; the learner (h - 1.5) / .8, with h = .8 x .5 x 20 = 8."""
    state = pair(wanted=99.0)
    assert spent(state) == pytest.approx(12.5)
    assert hours_of(state, GRANTED, JOINT, TRAVEL, ARRANGING, UNUSED) == pytest.approx([40.0, 22.5, 2.0, 3.0, 12.5])
    state = pair(wanted=99.0)
    put(state.schools, hours=(40.0, 20.0))
    assert spent(state) == pytest.approx(6.5 / 0.8)
    assert hours_balance(state.ledger) == pytest.approx(0.0)


def test_who_cannot_get_there_does_not_meet_and_loses_nothing_on_the_way() -> None:
    state = pair()
    put(state.schools, hours=(8.0, 40.0))
    assert spent(state) == 0.0
    assert hours_of(state, GRANTED, JOINT, TRAVEL, ARRANGING, UNUSED) == pytest.approx([24.0, 0.0, 0.0, 0.0, 24.0])
    assert not state.teachers.hours_out.any()


@pytest.mark.parametrize(("mode", "giver", "learner"), [(EXCHANGE, 1.0, 1.0), (ADAPTATION, 2.0, 0.0)])
def test_in_exchange_journeys_are_shared(mode: int, giver: float, learner: float) -> None:
    """Half of two hours each: 10 + 1 + 1.5 and 8 + 1 + 1.5, half of it in class."""
    state = pair(mode=mode)
    spent(state)
    assert hours_of(state, TRAVEL) == [2.0]
    assert state.teachers.hours_out[[0, 2]].tolist() == pytest.approx([(11.5 + giver) / 2, (9.5 + learner) / 2])
    # Where the learner's 8 hours are the fewer, its journey is out of them.
    short = pair(mode=mode, wanted=99.0)
    put(short.schools, hours=(40.0, 20.0))
    assert spent(short) == pytest.approx((8 - 1.5 - learner) / 0.8)
    brief = pair(mode=mode, wanted=0.5)
    assert spent(brief) == 0.5
    assert hours_of(brief, TRAVEL) == [2.0]


@pytest.mark.parametrize(("visits", "collegial", "travelled"), [(1.0, 0, 2.0), (0.5, 0, 1.0), (1.0, 1, 1.0)])
def test_fewer_visits_and_contact_at_a_distance_save_journeys(visits: float, collegial: int, travelled: float) -> None:
    """Old partners do half of it at a distance."""
    state = pair(visits=visits, collegial=collegial)
    spent(state)
    assert hours_of(state, TRAVEL) == pytest.approx([travelled])


def test_a_common_timetable_loses_no_hours() -> None:
    """Where it is the partner's; half the hours used are in class."""
    state = pair()
    put(state.schools, area=(0, 1))
    p = side_by_side(certain(**PAIR), certain(**PAIR, timetable__common=1))
    assert spend_pair_hours(state, p, Clock((1, 3)), 0, 0, TERMS) == 10.0
    assert hours_of(state, GRANTED, UNUSED) == pytest.approx([40.0, 17.0])
    assert state.teachers.hours_out.tolist() == pytest.approx([6.75, 0.0, 4.75, 0.0])
    longer = pair(wanted=99.0)
    put(longer.schools, area=(0, 1))
    # Nothing is apart: 20 - 3.5.
    assert spend_pair_hours(longer, p, Clock((1, 3)), 0, 0, TERMS) == pytest.approx(16.5)
    other = pair(wanted=99.0)
    put(other.schools, area=(1, 0))
    assert spend_pair_hours(other, p, Clock((1, 3)), 0, 0, TERMS) == pytest.approx(12.5)


def test_hours_are_divided_among_the_pairs_a_teacher_is_in() -> None:
    """Two pairs: 10 hours for each, 8 of which fall together: 8 - 3.5."""
    state = pair(wanted=99.0)
    put(state.teachers, pairs=(2, 0, 1, 0))
    assert spent(state) == pytest.approx(4.5)
    assert hours_of(state, GRANTED) == pytest.approx([30.0])


def test_an_advanced_teachers_time_for_partners_comes_on_top() -> None:
    """.2 of 100 hours, of which half are for partners: 30 in place of 20; 24 fall together, less 3.5."""
    state = pair(wanted=99.0)
    put(state.teachers, role=(ADVANCED, 0, 0, 0))
    put(state.schools, hours=(40.0, 80.0), area=(1, 0))
    p = side_by_side(certain(**PAIR | {"ast__time": 0.0}), certain(**PAIR))
    assert spend_pair_hours(state, p, Clock((1, 3)), 0, 0, TERMS) == pytest.approx(20.5)
    assert hours_of(state, GRANTED) == pytest.approx([70.0])
    none = pair(wanted=99.0)
    put(none.teachers, role=(ADVANCED, 0, 0, 0))
    put(none.schools, hours=(40.0, 80.0), area=(1, 0))
    p = side_by_side(certain(**PAIR), certain(**PAIR | {"ast__time": 0.0}))
    assert spend_pair_hours(none, p, Clock((1, 3)), 0, 0, TERMS) == pytest.approx(12.5)


def test_givers_are_trained_out_of_their_own_hours() -> None:
    """6 hours over two pairs, 3 of its 10; what is left is 7, of which 5.6 fall together. Skill grows .05 an hour."""
    state = pair(training=6.0, wanted=99.0)
    put(state.teachers, pairs=(2, 0, 1, 0), transfer=0.4)
    assert spent(state) == pytest.approx(5.6 - 3.5)
    assert hours_of(state, DEVELOPING, GRANTED) == pytest.approx([3.0, 30.0])
    assert state.teachers.gain_transfer.tolist() == pytest.approx([0.05 * 3.0 * 0.6, 0.0, 0.0, 0.0])
    assert hours_balance(state.ledger) == pytest.approx(0.0)
    alone = pair(training=6.0)
    spent(alone)
    assert hours_of(alone, DEVELOPING) == [6.0]
    short = pair(training=50.0)
    assert spent(short) == 0.0
    assert hours_of(short, DEVELOPING) == [20.0]


def test_cover_is_bought_where_own_hours_do_not_do() -> None:
    """500 pounds are 20 hours, 10 a side: 16 + 10 - 3.5 = 22.5 together.

    The giver uses 26, and buys 10; the learner 18 + 1.5, and buys 3.5; 6.5 hours' worth go back.
    """
    state = pair(wanted=99.0, pounds=500.0)
    assert spent(state) == pytest.approx(22.5)
    assert hours_of(state, GRANTED, BOUGHT, JOINT, TRAVEL, ARRANGING, UNUSED) == pytest.approx(
        [40.0, 13.5, 40.5, 2.0, 3.0, 8.0]
    )
    pounds = state.ledger.pounds
    assert (pounds[COVER], pounds[RETURNED], pounds[HOME]) == pytest.approx((337.5, 162.5, 0.0))
    assert not state.schools.home_hours.any()
    assert hours_balance(state.ledger) == pytest.approx(0.0)


def test_an_originator_that_holds_the_purse_keeps_what_it_does_not_spend() -> None:
    """15 and 5 of 20 hours: the learner has (16 + 5 - 1.5) / .8 = 24.375, less than the giver's 27.5.

    The giver uses 27.875, buys 11.875, and keeps 3.125 hours' worth, .3 of them as time at home of two of staff.
    """
    state = pair(wanted=99.0, pounds=500.0)
    assert spent(state, funding__purse="originator") == pytest.approx(24.375)
    pounds = state.ledger.pounds
    assert (pounds[COVER], pounds[HOME], pounds[RETURNED]) == pytest.approx((25 * 16.875, 25 * 3.125, 0.0))
    assert state.schools.home_hours.tolist() == pytest.approx([0.3 * 3.125 / 2, 0.0])
    # Ten hours wanted need no cover: 15 hours' worth stay, 5 go back.
    idle = pair(pounds=500.0)
    spent(idle, funding__purse="originator")
    pounds = idle.ledger.pounds
    assert (pounds[COVER], pounds[HOME], pounds[RETURNED]) == pytest.approx((0.0, 375.0, 125.0))
    assert idle.schools.home_hours.tolist() == pytest.approx([0.3 * 15 / 2, 0.0])
    assert hours_of(idle, BOUGHT) == [0.0]


def test_what_a_trust_pays_is_split_evenly_and_what_is_left_goes_back_to_its_schools() -> None:
    """Of 500 pounds the trust's are 300: .4 x .75 + .6 x .5 = .6 of 20 hours are the originator's, who holds the purse.

    Ten hours wanted need no cover: .4 of the originator's 12 hours' worth stay with it, .4 of the learner's 8 are
    returned, and .6 of all 20, or 300 pounds, are given back.
    """
    idle = pair(pounds=500.0, common=300.0)
    spent(idle, funding__purse="originator")
    pounds = idle.ledger.pounds
    assert (pounds[COVER], pounds[HOME], pounds[RETURNED], pounds[GIVEN_BACK]) == pytest.approx((0, 120, 80, 300))
    assert idle.schools.home_hours.tolist() == pytest.approx([0.3 * 0.4 * 12 / 2, 0.0])
    shared = pair(pounds=500.0, common=300.0)
    spent(shared)
    assert (shared.ledger.pounds[RETURNED], shared.ledger.pounds[GIVEN_BACK]) == pytest.approx((200, 300))
    # Wanted: 16 + 10 - 3.5 as before, of which the giver buys 10 and the learner 3.5; .6 of 6.5 hours go back.
    busy = pair(wanted=99.0, pounds=500.0, common=300.0)
    assert spent(busy) == pytest.approx(22.5)
    pounds = busy.ledger.pounds
    assert (pounds[COVER], pounds[RETURNED], pounds[GIVEN_BACK]) == pytest.approx((337.5, 65.0, 97.5))


def test_money_is_divided_among_the_pairs() -> None:
    """Of two pairs each has 250 pounds: 5 hours a side."""
    state = pair(wanted=99.0, pounds=500.0, pairs=2)
    assert spent(state) == pytest.approx(17.5)
    # Unneeded, the pair's 10 hours' worth go back.
    idle = pair(pounds=500.0, pairs=2)
    spent(idle)
    assert idle.ledger.pounds[RETURNED] == pytest.approx(250.0)


def test_contact_after_the_task_is_booked_apart() -> None:
    state = pair(following_up=1)
    spent(state)
    assert hours_of(state, FOLLOWING, JOINT) == pytest.approx([18.0, 0.0])
