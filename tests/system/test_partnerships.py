"""Partnerships from search to end, and what is arranged in them: small systems worked by hand (M06-M18, M24, M27)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.parameters import code
from schoolsim.rules.codes import ADVANCED, CREATION, EXCHANGE, HEADS, MIDDLE, MIDDLE_LEADER, NONE, SECONDARY, TEACHERS
from schoolsim.rules.headship import gate_chance
from schoolsim.rules.partnerships import (
    depth,
    reciprocity,
    renewal_chance,
    share_reaching_learners,
    wear_out_chance,
)  # fmt: skip
from schoolsim.rules.time_money import paid_share
from schoolsim.system.partnerships.end import end_or_go_on
from schoolsim.system.partnerships.joint_work import work_together
from schoolsim.system.partnerships.pairs import count_pairs
from schoolsim.system.partnerships.search import search_partners
from schoolsim.system.state import PAIRS, Clock, State
from schoolsim.system.state.ledger import (
    ACCEPTED,
    ACCEPTED_COLD,
    APPROACHES,
    APPROACHES_COLD,
    ARRANGING,
    BLOCKED,
    BOUGHT,
    DEVELOPING,
    DISCLOSED,
    ENDED,
    FOCUSES,
    FOLLOWING,
    GRANTED,
    HOME,
    JOINT,
    OUTLIVED,
    RETURNED,
    TASKS_DONE,
    TRAVEL,
    UNUSED,
)  # fmt: skip
from tests.system.by_hand import certain, luck, partnership, put, put_row, seed_where, state_of, tie

UID = 700_001

# --- search ---------------------------------------------------------------------------------------

EAGER = {
    "search__rate": 9.0, "search__noise": 0.0, "search__strangers": 0, "accept__base": 99.0,
    "market__choice_weight": 0.0,
    "offer__level": -99.0, "leadership__gate": 1.0, "leadership__distributed_gate": 0.0,
    "internal_broker__schools": 0.0, "search__quality": 1.0, "search__trust": 0.0, "search__familiarity": 0.0,
    "search__distance": 0.0,
    "search__rivalry": 0.0,
}  # fmt: skip


def searching(schools: int = 4) -> State:
    """The first needs the second practice and knows all others; the last does it best. Nobody else needs anything."""
    state = state_of(schools, 2, ties=30, partnerships=12)
    put(state.schools, need=[1] + [NONE] * (schools - 1), confidence=1.0)
    state.repertoires.mastery[:, 1] = np.linspace(0.1, 0.9, schools)
    for slot in range(schools - 1):
        tie(state, slot, (0, slot + 1), familiarity=1.0)
    return state


def found(state: State, seed: int = 1, half_term: int = 3, **values: float | str) -> set[tuple[int, int]]:
    """Originator and partner of the partnerships that begin."""
    before = state.partnerships.alive.copy()
    search_partners(state, certain(**EAGER | values), Clock((seed, half_term)))
    new = np.flatnonzero(state.partnerships.alive > before)
    return {(int(state.partnerships.originator[slot]), int(state.partnerships.partner[slot])) for slot in new}


def test_the_school_asked_is_the_originator() -> None:
    assert found(searching()) == {(3, 0)}


def test_hostile_schools_are_neither_asked_nor_agree() -> None:
    state = searching()
    state.ties.hostile[2] = 1
    assert found(state) == {(2, 0)}


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"award": [NONE, 1, NONE, NONE]}, 1),
        ({"award": [NONE, 0, NONE, NONE]}, 3),
        ({"renown": [0.0, 0.0, 1.0, 0.0]}, 2),
        ({"network": [1, 0, 1, 0], "news": [1.0, 0.0, 0.0, 0.0]}, 2),
        ({"network": [0, 0, 0, 0], "news": [1.0, 0.0, 0.0, 0.0]}, 3),
        ({"network": [1, 0, 2, 0], "news": [1.0, 0.0, 0.0, 0.0]}, 3),
    ],
)
def test_word_of_who_is_good_and_awards_move_the_choice(changes: dict[str, list[float]], asked: int) -> None:
    """Strangers to what the others do, the first goes by a halo of .3, by standing, until it hears of somebody."""
    state = searching()
    state.ties.familiarity[:] = 0.0
    put(state.schools, known_standing=[0.0, 0.0, -0.1, 0.1], **changes)
    state.repertoires.mastery[:, 1] = (0.1, 0.1, 0.9, 0.1)
    assert found(state, search__halo_base=0.3, search__halo_standing=0.1, badging__visibility=0.5) == {(asked, 0)}


def test_an_internal_brokers_word_is_of_all_schools() -> None:
    """It knows all there is to know, and its word counts fully: the first asks who does it best."""
    state = searching()
    state.ties.familiarity[:] = 0.0
    put(state.schools, known_standing=[0.0, 9.0, 0.0, 0.0], internal_knowledge=[1.0, 0.0, 0.0, 0.0])
    assert found(state, internal_broker__word=1.0) == {(3, 0)}
    assert found(searching_strangers(1.0), internal_broker__schools=40.0) != set()
    assert found(searching_strangers(0.0), internal_broker__schools=40.0) == set()


def searching_strangers(knows: float) -> State:
    """Nobody knows anybody, and the first is not confident enough to call a stranger."""
    state = searching()
    put(state.ties, alive=0)
    put(state.schools, first_tie=NONE, confidence=[0.0, 1.0, 1.0, 1.0], internal_knowledge=knows)
    return state


def test_looks_of_an_internal_broker_are_as_many_as_it_knows_schools() -> None:
    for seed in range(1, 10):
        state = searching_strangers(0.5)
        looks = [int(4 * luck(seed, draws.INTERNAL_LOOKS, 3, state.schools.uid[0], look)) for look in range(2)]
        others = [row for row in looks if row != 0]
        put(state.schools, known_standing=[0.0, 0.1, 0.2, 0.3])
        expected = {(max(others), 0)} if others else set()
        assert found(state, seed, internal_broker__schools=4.0, search__strangers=0) == expected


def test_a_closed_head_keeps_its_own_and_others_away() -> None:
    state = searching()
    state.schools.closed[0] = 1
    assert found(state) == set()
    assert state.ledger.counts[BLOCKED] == 1
    assert state.ledger.counts[APPROACHES] == 0
    state = searching()
    state.schools.closed[3] = 1
    assert found(state) == set()
    assert state.ledger.counts[BLOCKED] == state.ledger.counts[APPROACHES] == 1


def test_a_gate_is_shut_by_a_draw_and_less_where_leadership_is_shared() -> None:
    p = certain(leadership__gate=0.8, leadership__distributed_gate=0.5)
    blocked = []
    for seed in range(1, 13):
        state = searching()
        state.schools.closed[0] = 1
        state.schools.distributed[0] = 0.6
        chance = gate_chance(0.6, p)
        assert chance == pytest.approx(0.8 * 0.7)
        shut = luck(seed, draws.GATE, 3, state.schools.uid[0], 0) < chance
        begun = found(state, seed, leadership__gate=0.8, leadership__distributed_gate=0.5)
        assert begun == (set() if shut else {(3, 0)})
        blocked.append(shut)
    assert 0 < sum(blocked) < len(blocked)


def test_who_is_full_neither_asks_nor_agrees_but_advanced_teachers_make_room() -> None:
    for commitments, advanced, begun in (
        ([2, 0, 0, 0], 0, set()), ([0, 0, 0, 2], 0, set()), ([0, 0, 0, 2], 1, {(3, 0)}), ([0, 0, 0, 3], 1, set()),
        ([1, 0, 0, 1], 0, {(3, 0)}),
    ):  # fmt: skip
        state = searching()
        put(state.schools, commitments=commitments, advanced=[0, 0, 0, advanced])
        assert found(state, search__most_primary=2, search__most_secondary=9, ast__partnerships=1) == begun
    state = searching()
    put(state.schools, commitments=[2, 0, 0, 0], phase=SECONDARY)
    assert found(state, search__most_primary=2, search__most_secondary=3) == {(3, 0)}


def test_nobody_asks_a_school_it_already_works_with() -> None:
    state = searching()
    partnership(state, 0, (3, 0), 2)
    assert found(state) == set()
    assert state.ledger.counts[APPROACHES] == 0


def test_seeking_is_by_need_tone_sharing_of_leadership_and_urging() -> None:
    """Rate .5 x tone .8 x (1 - .1) x (1 + .5 x (.9 - .3)) x (1 + .4)."""
    begun = []
    for seed in range(1, 25):
        state = searching()
        put(state.schools, tone=0.8, distributed=0.9, urging=[0.4, 0.0, 0.0, 0.0])
        rate = 0.5 * 0.8 * 0.9 * 1.3 * 1.4
        seeks = luck(seed, draws.SEEK, 3, state.schools.uid[0]) < rate
        values = {"search__rate": 0.5, "leadership__distributed_seeking": 0.5, "leadership__typical": 0.3}
        assert found(state, seed, **values) == ({(3, 0)} if seeks else set())
        begun.append(seeks)
    assert 0 < sum(begun) < len(begun)


@pytest.mark.parametrize(
    ("changes", "values", "begun"),
    [
        ({}, {}, False),
        ({"urging": [1.0, 0.0, 0.0, 1.0]}, {"broker__push": 199.0}, True),
        ({"urging": [1.0, 0.0, 0.0, 0.0]}, {"broker__push": 199.0}, False),
        ({}, {"broker__resources": 1.0, "accept__funded": 199.0}, True),
        ({}, {"broker__resources": 1.0, "accept__funded": 199.0, "broker__number": 0}, False),
        ({"parochial": [0.3, 0.3, 0.3, 0.0]}, {"leadership__parochialism": 999.0}, True),
        ({"parochial": [0.0, 0.3, 0.3, 0.3]}, {"leadership__parochialism": 999.0}, False),
    ],
)
def test_who_would_say_no_is_moved_by_a_broker_or_hardly_parochial(
    changes: dict[str, list[float]], values: dict[str, float], begun: bool
) -> None:
    """Acceptance -150 in logit; a push of 199 on the mean urging, money of 199, or 999 x (.3 - 0) turns it."""
    state = searching()
    put(state.schools, **changes)
    assert (found(state, **{"accept__base": -150.0, "leadership__typical": 0.3} | values) == {(3, 0)}) == begun
    if "accept__funded" in values:
        before = searching()
        assert found(before, half_term=-1, **{"accept__base": -150.0} | values) == set()


def test_a_cold_call_makes_a_tie_of_strangers() -> None:
    seed = seed_where(lambda seed: bool(found(searching_strangers(1.0), seed, internal_broker__schools=2.0)))
    state = searching_strangers(1.0)
    ((originator, _),) = found(state, seed, internal_broker__schools=2.0)
    assert state.ledger.counts[APPROACHES_COLD] == 1
    ties = state.ties
    (on,) = np.flatnonzero(ties.alive)
    assert {int(ties.a[on]), int(ties.b[on])} == {0, originator}
    assert (ties.trust_ab[on], ties.familiarity[on]) == (certain().trust_stranger, 0.0)


# --- who works with whom --------------------------------------------------------------------------


def paired(phase: int = 0, **values: float | str) -> State:
    """Two staffs of six, and a partnership that begins by the second asking the first."""
    state = state_of(2, 6, 2, ties=4)
    put(state.schools, need=[NONE, 1], phase=phase, confidence=1.0)
    state.repertoires.mastery[:, 1] = (0.9, 0.1)
    tie(state, 0, (0, 1), familiarity=1.0)
    put(state.teachers, department=[0, 1, 2] * 4, confidence=0.0, enterprise=0.5)
    state.knowledge.mastery[:6, 1] = (0.9, 0.8, 0.7, 0.3, 0.2, 0.1)
    state.knowledge.mastery[6:, 1] = (0.35, 0.3, 0.25, 0.2, 0.15, 0.1)
    usual = {
        "pairs__luck": 0.0, "pairs__share": 0.5, "leadership__distributed_pairs": 0.0, "disclosure__base": 99.0,
        "department__number": 3, "department__pairing": 0.0,
    }  # fmt: skip
    return arranged(state, **usual | values)


def arranged(state: State, **values: float | str) -> State:
    assert found(state, **values) == {(0, 1)}
    return state


def pairs(state: State) -> list[tuple[int, int]]:
    here = state.partnerships
    return [
        (int(here.giver[0, place]), int(here.learner[0, place])) for place in range(PAIRS) if here.giver[0, place] >= 0
    ]


def test_the_able_share_and_those_with_most_to_gain_learn() -> None:
    state = paired()
    assert state.partnerships.focus[0] == 1
    assert pairs(state) == [(0, 11), (1, 10), (2, 9)]
    here = state.partnerships
    assert here.giver_uid[0, :3].tolist() == state.teachers.uid[[0, 1, 2]].tolist()
    assert here.learner_uid[0, :3].tolist() == state.teachers.uid[[11, 10, 9]].tolist()


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ({"pairs__share": 0.34}, 2), ({"pairs__share": 0.0}, 1), ({"pairs__share": 9.0}, min(6, PAIRS)),
        ({"leadership__distributed_pairs": 1.0, "leadership__typical": 0.0}, 4),
    ],
)  # fmt: skip
def test_pairs_are_a_share_of_the_smaller_staff(values: dict[str, float], number: int) -> None:
    """Leadership shared out .3 more than is typical makes half a staff of six .65: four."""
    assert len(pairs(paired(**values))) == number


def test_in_secondary_schools_pairs_are_of_one_subject_where_they_can() -> None:
    """Givers 0, 1, 2 of departments 0, 1, 2; learners 11, 10, 9 of 2, 1, 0."""
    assert pairs(paired(SECONDARY)) == [(0, 9), (1, 10), (2, 11)]


def test_learners_of_the_givers_subjects_come_first() -> None:
    """With one giver, of department 0, the learner of that department who has most to gain."""
    assert pairs(paired(SECONDARY, pairs__share=0.0, department__pairing=5.0)) == [(0, 9)]
    assert pairs(paired(0, pairs__share=0.0, department__pairing=5.0)) == [(0, 11)]


# --- a half-term of joint work --------------------------------------------------------------------

WORK = {
    "time__committed": 0.5, "time__arranging": 1.0, "timetable__coincide": 0.8, "time__in_class": 0.5,
    "travel__speed": 20.0, "travel__visits": 2.0, "training__transfer_hours": 0.0, "market__choice_weight": 0.0,
    "horizon__courtship": 0.0, "ast__share": 0.0, "funding__hour": 25.0,
}  # fmt: skip


def at_work(mode: int = 1, **cells: float) -> State:
    """One pair of two schools: the giver masters the first practice, the learner the second."""
    state = state_of(2, 2, 2, ties=4)
    tie(state, 0, (0, 1), miles=10.0)
    put(state.schools, hours=40.0)
    state.knowledge.mastery[0] = (0.9, 0.2)
    state.knowledge.mastery[2] = (0.3, 0.8)
    state.knowledge.tuning[:] = 0.5
    state.knowledge.ownership[:] = 0.4
    state.repertoires.mastery[:] = [[0.9, 0.2], [0.3, 0.8]]
    put(state.practices, scope=0)
    partnership(state, 0, (0, 1), 0, mode=mode, demand=10.0, began=-5, due=40, hours=0.0, pairs=0, uid=UID)
    put_row(state.partnerships, 0, **cells)
    return state


def works(state: State, half_term: int = 3, seed: int = 1, **values: float | str) -> State:
    count_pairs(state)
    work_together(state, certain(**WORK | values), Clock((seed, half_term)))
    return state


def ledger_closes(state: State) -> bool:
    hours = state.ledger.hours
    used = hours[[JOINT, TRAVEL, ARRANGING, UNUSED, DEVELOPING, FOLLOWING]].sum()
    return bool(abs(hours[GRANTED] + hours[BOUGHT] - used) < 1e-9)


def test_hours_that_do_not_fall_together_are_no_use() -> None:
    """Each has .5 x 40; a fifth of it is lost; a common timetable loses none, but only from the policy on."""
    for half_term, common, apart in ((3, 0, 0.2), (3, 1, 0.0), (-1, 1, 0.2)):
        state = works(at_work(), half_term, timetable__common=common)
        hours = state.ledger.hours
        assert hours[GRANTED] == pytest.approx(40.0)
        assert hours[UNUSED] >= apart * 40.0
        assert state.partnerships.hours[0] == 10.0
        assert ledger_closes(state)
        used = hours[JOINT] + hours[TRAVEL] + hours[ARRANGING]
        assert hours[UNUSED] == pytest.approx(40.0 - used)
    scarce = [works(at_work(demand=99.0), timetable__common=common).partnerships.hours[0] for common in (0, 1)]
    assert scarce[1] - scarce[0] == pytest.approx(4.0, abs=1.5)


def test_time_regularly_kept_free_takes_less_from_class() -> None:
    usual = works(at_work(), timetable__common=0).teachers.hours_out
    regular = works(at_work(), timetable__common=1, timetable__regular=0.4).teachers.hours_out
    assert regular[[0, 2]].tolist() == pytest.approx((0.6 * usual[[0, 2]]).tolist())
    assert regular[[1, 3]].tolist() == [0.0, 0.0]


def test_givers_are_trained_out_of_their_own_hours_while_the_programme_is_young() -> None:
    values = {"training__transfer_hours": 4.0, "training__length": 9, "training__rate": 0.05}
    state = works(at_work(programme=1), **values)
    assert state.ledger.hours[DEVELOPING] == 4.0
    gained = state.teachers.gain_transfer[0]
    without = works(at_work(programme=1), **values | {"training__rate": 0.0}).teachers.gain_transfer[0]
    assert gained - without == pytest.approx(0.05 * 4.0 * 0.5)
    assert ledger_closes(state)
    for cells, more in (({"programme": 0}, {}), ({"programme": 1}, {"training__length": 8})):
        assert works(at_work(**cells), **values | more).ledger.hours[DEVELOPING] == 0.0


def test_an_advanced_teachers_time_for_partners_comes_on_top() -> None:
    """.2 of 100 hours, of which half are for partners: 10 more, on both days and in both pairs' shares."""
    state = at_work(demand=99.0)
    state.teachers.role[0] = ADVANCED
    works(state, ast__time=0.2, ast__working_hours=100.0, ast__outreach=0.5)
    assert state.ledger.hours[GRANTED] == pytest.approx(50.0)
    assert ledger_closes(state)


def test_what_the_purse_does_not_spend_stays_at_home_or_goes_back() -> None:
    """1,000 pounds are 40 hours, which nobody needs: the originator that holds it keeps .95 of it at home."""
    state = works(at_work(pounds=1000.0), funding__purse="originator", funding__originator_keeps=0.95)
    assert state.ledger.pounds[HOME] == pytest.approx(950.0)
    assert state.ledger.pounds[RETURNED] == pytest.approx(50.0)
    assert state.schools.home_hours.tolist() == pytest.approx([certain().funding_home_value * 38 / 2, 0.0])
    state = works(at_work(pounds=1000.0), funding__purse="partnership")
    assert state.ledger.pounds[RETURNED] == pytest.approx(1000.0)
    assert not state.schools.home_hours.any()


def test_remote_contact_saves_journeys_of_old_partners() -> None:
    journeys = [works(at_work(collegial=collegial), remote__contact=0.5).ledger.hours[TRAVEL] for collegial in (0, 1)]
    assert journeys[1] == pytest.approx(0.5 * journeys[0]) != 0.0


def test_what_is_planned_for_a_half_term() -> None:
    """Half the hours once handed over; in follow-up only its own, without journeys or arranging."""
    half = works(at_work(programme=1, began=0, due=6), withdrawal__planned=1)
    assert half.partnerships.wanted[0] == half.partnerships.hours[0] == 5.0
    for began, due, programme, planned in ((1, 6, 1, 1), (0, 6, 0, 1), (0, 6, 1, 0)):
        whole = works(at_work(programme=programme, began=began, due=due), withdrawal__planned=planned)
        assert whole.partnerships.wanted[0] == 10.0
    followed = works(
        at_work(following_up=1, follow_up=3.0, programme=1), training__transfer_hours=4.0, training__length=99
    )
    assert followed.partnerships.hours[0] == 3.0
    hours = followed.ledger.hours
    assert (hours[TRAVEL], hours[ARRANGING], hours[DEVELOPING], hours[JOINT]) == pytest.approx((0.0, 0.0, 0.0, 0.0))
    assert hours[FOLLOWING] > 3.0
    assert ledger_closes(followed)


def test_a_channel_decides_on_journeys_of_the_programmes_partnerships_only() -> None:
    for programme, travelled in ((1, False), (0, True)):
        state = works(at_work(programme=programme), channel__programme="document")
        assert (state.ledger.hours[TRAVEL] > 0.0) == travelled


@pytest.mark.parametrize(("contact", "level"), [("teachers", TEACHERS), ("middle", MIDDLE), ("heads", HEADS)])
def test_contact_above_the_level_of_change_reaches_fewer(contact: str, level: int) -> None:
    values = {"contact__waste": 0.8, "contact__passed_on": 0.5}
    state = works(at_work(contact=level), **values)
    reach = share_reaching_learners(level, 0, 0.5, certain(**values))
    assert state.partnerships.reach[0] == pytest.approx(reach)
    assert level == code("contact.level", contact)


def gained(state: State, post: int, practice: int) -> tuple[float, float, float]:
    """Mastery, tuning and ownership that a teacher gains of a practice."""
    noted, number = state.gains, state.run.gains[0]
    rows = [row for row in range(number) if (noted.teacher[row], noted.practice[row]) == (post, practice)]
    return tuple(float(sum(getattr(noted, name)[rows])) for name in ("mastery", "tuning", "ownership"))  # type: ignore[return-value]


def test_follow_up_makes_what_was_learnt_the_learners_own() -> None:
    state = works(at_work(following_up=1, follow_up=6.0))
    assert gained(state, 2, 0)[2] > gained(works(at_work(following_up=1, follow_up=3.0)), 2, 0)[2] > 0.0


def test_help_makes_dependent_after_a_while_but_not_in_follow_up() -> None:
    values = {"dependency__rate": 0.1, "dependency__after": 8}
    assert works(at_work(), 3, **values).teachers.dependence[2] > 0.0
    assert works(at_work(), 2, **values).teachers.dependence[2] == 0.0
    assert works(at_work(following_up=1, follow_up=6.0), 3, **values).teachers.dependence[2] == 0.0
    assert works(at_work(), 3, **values).teachers.dependence[[0, 1, 3]].tolist() == [0.0] * 3


def test_deep_modes_and_universities_teach_both_sides_to_learn() -> None:
    """By .01 an hour in exchange, .02 in creation; universities add .5 x .04 in the programme, whatever the mode."""
    rates = {
        "meta__exchange": 0.01,
        "meta__creation": 0.02,
        "university__involvement": 0.5,
        "university__learning": 0.04,
    }
    for mode, programme, rate in (
        (1, 0, 0.0),
        (EXCHANGE, 0, 0.01),
        (CREATION, 0, 0.02),
        (1, 1, 0.02),
        (EXCHANGE, 1, 0.03),
    ):
        state = works(at_work(mode, programme=programme), university__hours=0.0, **rates)
        hours, engagement = state.partnerships.hours[0], state.partnerships.engagement[0]
        assert state.teachers.gain_learning[2] == pytest.approx(rate * hours * engagement * 0.5)
        assert (state.teachers.gain_learning[0] > 0.0) == (rate > 0.0)


def test_reflective_work_gives_heart_in_the_programme() -> None:
    """.5 of the activity where .25 is usual, at .1 an hour."""
    values = {
        "activity__confidence": 0.1, "activity__reflective": 1.0, "activity__experiential": 0.5,
        "activity__contextual": 0.5, "activity__usual_reflective": 0.25,
    }  # fmt: skip
    state = works(at_work(programme=1), **values)
    hours, engagement = state.partnerships.hours[0], state.partnerships.engagement[0]
    assert state.teachers.gain_confidence[2] == pytest.approx(0.1 * 0.25 * hours * engagement * 0.5)
    assert works(at_work(), **values).teachers.gain_confidence[2] == 0.0


def test_one_subject_is_ground_in_common() -> None:
    """Two secondary teachers of one department learn more from each other; of two, or in a primary, they do not."""
    gains = []
    for phase, other in ((SECONDARY, 1), (SECONDARY, 2), (0, 1)):
        state = at_work()
        put(state.schools, phase=phase)
        put(state.teachers, department=(1, 0, other, 0))
        put(state.practices, tacit=0.9)
        gains.append(gained(works(state, department__ground=0.9), 2, 0)[0])
    assert gains[0] > gains[1] == pytest.approx(gains[2])


def test_one_subject_is_as_good_as_acquaintance_where_it_is_all_the_ground_they_need() -> None:
    """Ground 1 x (1 - .4) on top of .4 is what two know of each other who are wholly familiar."""
    gains = []
    for department, familiarity in ((1, 0.4), (2, 1.0)):
        state = at_work()
        state.ties.familiarity[0] = familiarity
        put(state.schools, phase=SECONDARY)
        put(state.teachers, department=(1, 0, department, 0))
        put(state.practices, tacit=0.9)
        values = {"department__ground": 1.0, "challenge__weight": 0.0, "cosiness__weight": 0.0}
        gains.append(gained(works(state, **values), 2, 0)[0])
    assert gains[0] == pytest.approx(gains[1]) != 0.0


def test_trade_is_of_what_each_leads_in_or_nobody_works() -> None:
    values = {"exchange__barter": 1, "exchange__barter_lead": 0.1}
    state = works(at_work(EXCHANGE, focus=1, back=NONE, pounds=50.0), **values)
    assert (state.partnerships.focus[0], state.partnerships.back[0]) == (0, 1)
    assert state.partnerships.hours[0] > 0.0
    state = at_work(EXCHANGE, pounds=50.0)
    state.repertoires.mastery[1, 1] = 0.22
    works(state, **values)
    assert state.partnerships.hours[0] > 0.0 or state.ledger.pounds[RETURNED] == 50.0
    state = at_work(EXCHANGE, pounds=50.0)
    state.repertoires.mastery[1, 1] = 0.219
    works(state, **values)
    assert state.partnerships.hours[0] == 0.0
    assert state.ledger.pounds[RETURNED] == 50.0
    adapting = at_work(1, back=NONE)
    adapting.repertoires.mastery[1, 1] = 0.1
    assert works(adapting, **values).partnerships.hours[0] > 0.0


def test_which_practice_is_traded_is_drawn() -> None:
    """Of four in which the first leads, three are alive; the second leads in one."""
    seen = set()
    for seed in range(1, 12):
        state = state_of(2, 2, 5, ties=4)
        tie(state, 0, (0, 1))
        put(state.schools, hours=40.0)
        state.repertoires.mastery[:] = [[0.9, 0.2, 0.8, 0.9, 0.7], [0.1, 0.9, 0.1, 0.1, 0.1]]
        state.practices.alive[3] = 0
        partnership(state, 0, (0, 1), 0, mode=EXCHANGE, uid=UID, hours=0.0, pairs=0)
        works(state, seed=seed, exchange__barter=1, exchange__barter_lead=0.0)
        given = [0, 2, 4][int(3 * luck(seed, draws.BARTER, 3, UID, 0))]
        assert (state.partnerships.focus[0], state.partnerships.back[0]) == (given, 1)
        seen.add(given)
    assert len(seen) > 2


def test_hours_given_and_returned_are_remembered() -> None:
    """Half as many come back in an exchange, none elsewhere; what was given before counts on."""
    for mode, back, returned in ((1, NONE, 0.0), (EXCHANGE, 1, 0.5)):
        state = works(at_work(mode, back=back, given=3.0, returned=2.0), exchange__returned_hours=0.5)
        hours = state.partnerships.hours[0]
        assert hours > 0.0
        assert state.partnerships.given[0] == pytest.approx(3.0 + hours)
        assert state.partnerships.returned[0] == pytest.approx(2.0 + returned * hours)


def test_a_partnership_without_pairs_gives_its_money_back() -> None:
    state = at_work(pounds=80.0)
    state.partnerships.giver_uid[0, 0] = 1
    works(state)
    assert state.ledger.pounds[RETURNED] == 80.0
    assert state.partnerships.hours[0] == 0.0


def test_dialogue_over_shared_investment_gives_birth_to_a_practice() -> None:
    """Certain, with hours enough already invested: half-way between the two contexts, held by the pair alone."""
    state = at_work(CREATION, given=500.0)
    state.schools.context[0], state.schools.context[1] = 0.2, 0.6
    state.practices.alive[1] = 0
    put(state.practices, kind=(0.8, 0.0), tacit=(0.7, 0.0), dependence=(0.6, 0.0), hours=(14.0, 0.0), scope=(2, 0))
    works(
        state, creation__hazard=1e9, creation__dependence_kept=0.5, creation__mastery=0.75, creation__first_hours=10.0
    )
    practices = state.practices
    assert practices.alive[1] == 1
    assert practices.born[1] == 3
    assert (practices.kind[1], practices.tacit[1], practices.hours[1], practices.scope[1]) == (0.8, 0.7, 14.0, 2)
    assert practices.dependence[1] == pytest.approx(0.3)
    assert practices.evidence[1] == 0.0
    assert practices.home[1].tolist() == pytest.approx([0.4] * practices.home.shape[1])
    assert state.knowledge.mastery[:, 1].tolist() == [0.75, 0.0, 0.75, 0.0]
    assert state.knowledge.ownership[[0, 2], 1].tolist() == state.knowledge.tuning[[0, 2], 1].tolist() == [1.0, 1.0]
    early = at_work(CREATION, given=1.0)
    early.practices.alive[1] = 0
    works(early, creation__hazard=1e9, creation__first_hours=1e9)
    assert early.practices.alive[1] == 0


# --- ends -----------------------------------------------------------------------------------------

LASTING = {
    "end__distrust": 0.0, "end__fruitless": 0.0, "end__no_hours": 0.0, "end__closed_head": 0.0, "end__settled": 0,
    "end__money_stops": 0.0, "programme__patience": 0, "refocus__after": 999, "end__collegial": 0.0,
}  # fmt: skip


def over(
    half_term: int = 10,
    seed: int = 1,
    hostile: int = 0,
    closed: int = 0,
    values: dict[str, float | str] | None = None,
    **cells: float,
) -> State:
    """A partnership begun at half-term 0, at a half-term's end."""
    state = at_work()
    state.ties.hostile[0] = hostile
    state.schools.closed[1] = closed
    put_row(state.partnerships, 0, **{"began": 0, "due": 99, "hours": 5.0, "gain": 0.5} | cells)
    end_or_go_on(state, certain(**LASTING | (values or {})), Clock((seed, half_term)))
    return state


def ended(*arguments: object, **more: object) -> bool:
    return over(*arguments, **more).partnerships.alive[0] == 0  # type: ignore[arg-type]


def test_a_quarrel_ends_all_but_what_is_imposed() -> None:
    assert ended(hostile=1)
    assert not ended(hostile=1, imposed=1)
    assert not ended()


def test_what_is_new_is_given_time_and_the_programme_more() -> None:
    values: dict[str, float | str] = {"end__no_hours": 1.0, "end__settled": 3, "programme__patience": 6}
    for programme, half_term, ends in ((0, 2, False), (0, 3, True), (1, 5, False), (1, 6, True)):
        assert ended(half_term, hours=0.0, programme=programme, values=values) == ends
    assert not ended(3, values=values)


def test_a_closed_head_ends_it_with_some_chance_unless_imposed() -> None:
    values: dict[str, float | str] = {
        "end__closed_head": 0.6,
        "leadership__gate": 1.0,
        "leadership__distributed_gate": 0.5,
    }
    chance = 0.6 * (1 - 0.5 * 0.3)
    ends = [luck(seed, draws.END, 10, UID) < chance for seed in range(1, 9)]
    assert [ended(10, seed, closed=1, values=values) for seed in range(1, 9)] == ends
    assert 0 < sum(ends) < 8
    assert not any(
        ended(10, seed, values=values) or ended(10, seed, closed=1, imposed=1, values=values) for seed in range(1, 9)
    )


def test_distrust_and_want_of_progress_end_it_by_a_draw() -> None:
    values: dict[str, float | str] = {"end__distrust": 0.5, "end__fruitless": 0.4}
    chance = wear_out_chance(0.5, 0.5, certain(**LASTING | values))
    for seed in range(1, 9):
        assert ended(10, seed, values=values) == (luck(seed, draws.END, 10, UID) < chance)


def test_shallow_partnerships_end_with_their_money() -> None:
    """Chance .9 x (1 - depth) once it has stopped, by how much; deep, unpaid and followed-up ones go on."""
    values: dict[str, float | str] = {
        "end__money_stops": 0.9, "funding__per_partnership": 100.0, "funding__years": 1, "funding__taper": 1,
    }  # fmt: skip
    p = certain(**LASTING | values)
    ends = []
    for half_term in (5, 8, 20):
        for seed in range(1, 9):
            gone = 1.0 - paid_share(half_term, p)
            chance = gone * 0.9 * (1.0 - depth(0.5, 0.4, reciprocity(8.0, 2.0), p))
            expected = luck(seed, draws.WITHDRAW, half_term, UID) < chance
            cells = {"programme": 1, "given": 8.0, "returned": 2.0}
            assert ended(half_term, seed, values=values, **cells) == expected
            assert not ended(half_term, seed, values=values, **cells | {"programme": 0})
            assert not ended(half_term, seed, values=values, **cells | {"following_up": 1})
            ends.append(expected)
    assert 0 < sum(ends) < len(ends)


def test_what_is_planned_is_followed_up_when_the_task_or_the_money_is_over() -> None:
    """Three half-terms of it, counted from the next."""
    money: dict[str, float | str] = {"funding__per_partnership": 100.0, "funding__years": 2, "followup__length": 3}
    for half_term, cells, follows in (
        (9, {"due": 10}, 0), (10, {"due": 10}, 1), (10, {"due": 10, "follow_up": 0.0}, 0), (10, {"programme": 1}, 0),
        (11, {"programme": 1}, 1), (11, {"programme": 0}, 0),
    ):  # fmt: skip
        state = over(half_term, values=money | {"end__collegial": 9.0}, **{"follow_up": 2.0} | cells)
        assert state.partnerships.following_up[0] == follows
        if follows:
            assert state.partnerships.due[0] == half_term + 4
            assert state.partnerships.alive[0] == 1


def test_when_its_task_is_done_a_partnership_ends_or_outlives_it() -> None:
    """By trust, familiarity and how even the help was; then it lasts 5 half-terms and up to 3 more."""
    values: dict[str, float | str] = {"end__collegial": 1.8, "end__collegial_least": 5, "end__collegial_spread": 4.0}
    p = certain(**LASTING | values)
    chance = renewal_chance(0.5, 0.4, 0.25, p)
    outlived = 0
    for seed in range(1, 20):
        state = over(10, seed, values=values, due=10, given=8.0, returned=2.0, follow_up=2.0, following_up=1)
        goes_on = luck(seed, draws.RENEW, 10, UID) < chance
        here, counts = state.partnerships, state.ledger.counts
        assert here.alive[0] == goes_on
        assert (counts[TASKS_DONE], counts[OUTLIVED], counts[ENDED]) == (1, goes_on, not goes_on)
        if goes_on:
            assert here.collegial[0] == 1
            assert (here.follow_up[0], here.following_up[0]) == (0.0, 0)
            assert here.due[0] == 10 + 5 + int(4 * luck(seed, draws.RENEW, 10, UID, 1))
        outlived += goes_on
    assert 0 < outlived < 19
    assert not ended(9, due=10)


def test_what_has_little_left_to_teach_turns_to_something_else() -> None:
    """Room .9 - .3 = .6 for the one pair; after four half-terms of one focus, where less than .61 is left."""
    for since, room, turns in ((6, 0.61, True), (7, 0.61, False), (6, 0.59, False)):
        values: dict[str, float | str] = {"refocus__after": 4, "refocus__room": room}
        state = over(10, refocused=since, values=values)
        assert (state.partnerships.refocused[0] == 10) == turns


def test_what_is_left_to_teach_is_a_mean_over_pairs() -> None:
    """.9 - .3 and .5 - .3: .4."""
    for room, turns in ((0.41, True), (0.39, False)):
        state = at_work(began=0, due=99, hours=5.0, gain=0.5)
        state.partnerships.giver[0, 1], state.partnerships.learner[0, 1] = 1, 3
        state.knowledge.mastery[1, 0], state.knowledge.mastery[3, 0] = 0.5, 0.3
        p = certain(**LASTING | {"refocus__after": 4, "refocus__room": room})
        end_or_go_on(state, p, Clock((1, 10)))
        assert (state.partnerships.refocused[0] == 10) == turns


def test_programme_terms_and_joint_leading_are_for_the_programme() -> None:
    """Where both lead, leading takes hours of both: 2 more to arrange on each side."""
    base = works(at_work(programme=1)).ledger.hours[ARRANGING]
    assert works(at_work(programme=1), leading__joint=1, leading__hours=2.0).ledger.hours[ARRANGING] == pytest.approx(
        base + 4.0
    )
    assert works(at_work(), leading__joint=1, leading__hours=2.0).ledger.hours[ARRANGING] == pytest.approx(base)
    known = works(at_work(programme=1), university__involvement=0.5, university__hours=3.0).ledger.hours[ARRANGING]
    assert known == pytest.approx(base + 2 * 1.5)


def test_advanced_teachers_give_to_several_and_middle_leaders_meet_where_contact_is_theirs() -> None:
    state = state_of(2, 6, 2, ties=4)
    put(state.schools, need=[NONE, 1], confidence=1.0, advanced=[1, 0])
    state.repertoires.mastery[:, 1] = (0.9, 0.1)
    tie(state, 0, (0, 1), familiarity=1.0)
    put(state.teachers, confidence=0.0, role=[0, 0, ADVANCED, 0, 0, 0, 0, 0, 0, 0, 0, MIDDLE_LEADER])
    state.knowledge.mastery[:6, 1] = (0.9, 0.8, 0.5, 0.3, 0.2, 0.1)
    state.knowledge.mastery[6:, 1] = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35)
    usual = {"pairs__luck": 0.0, "pairs__share": 0.5, "leadership__distributed_pairs": 0.0, "disclosure__base": 99.0}
    arranged(state, **usual, ast__pairs=2)
    assert pairs(state) == [(2, 6), (2, 7), (2, 8)]


# --- beginnings -----------------------------------------------------------------------------------


def test_only_cold_calls_are_counted_cold() -> None:
    state = searching()
    found(state)
    counts = state.ledger.counts
    assert (counts[APPROACHES], counts[APPROACHES_COLD]) == (1, 0)
    assert (counts[ACCEPTED], counts[ACCEPTED_COLD]) == (1, 0)
    seed = seed_where(lambda seed: bool(found(searching_strangers(1.0), seed, internal_broker__schools=2.0)))
    state = searching_strangers(1.0)
    found(state, seed, internal_broker__schools=2.0)
    assert (state.ledger.counts[ACCEPTED], state.ledger.counts[ACCEPTED_COLD]) == (1, 1)


def test_nothing_begins_where_a_table_is_full() -> None:
    """Of partnerships, or of ties where the two are strangers."""
    state = searching()
    put(state.partnerships, alive=1)
    assert found(state) == set()
    assert state.ledger.counts[ACCEPTED] == 0
    seed = seed_where(lambda seed: bool(found(searching_strangers(1.0), seed, internal_broker__schools=2.0)))
    state = searching_strangers(1.0)
    put(state.ties, alive=1)
    assert found(state, seed, internal_broker__schools=2.0) == set()
    assert state.ledger.counts[ACCEPTED] == 0


def test_in_a_programme_own_priorities_need_not_be_confessed() -> None:
    """Nobody would admit a need; where own priorities are heard the programme's partners work on theirs."""
    for programme, own in ((1, True), (0, False)):
        state = at_work(programme=programme, began=0, due=99, refocused=0)
        put(state.schools, need=[NONE, 1], known_standing=0.0)
        state.repertoires.mastery[:] = [[0.9, 0.6], [0.1, 0.1]]
        put(state.practices, appeal=(0.9, 0.1))
        values = {"disclosure__base": -99.0, "disclosure__weight": 1.0, "priorities__own": 1.0}
        end_or_go_on(state, certain(**LASTING | values | {"refocus__after": 1, "refocus__room": 9.0}), Clock((1, 10)))
        here = state.partnerships
        assert (here.focus[0], here.own_need[0]) == ((1, 1) if own else (0, 0))
        assert (state.ledger.counts[FOCUSES], state.ledger.counts[DISCLOSED]) == (1, own)


@pytest.mark.parametrize(("badges", "offered"), [((1.0, 0.0), False), ((0.0, 1.0), True)])
def test_status_stands_in_the_way_of_an_offer_in_return(badges: tuple[float, float], offered: bool) -> None:
    """The partner, confident 1, offers unless half its gap takes more than the .2 it has to spare."""
    state = searching()
    put(state.schools, confidence=1.0, badge=(badges[1], 0.0, 0.0, badges[0]), known_standing=0.0)
    state.repertoires.mastery[:, 0] = (0.9, 0.1, 0.1, 0.1)
    values = {
        "offer__level": 0.8, "offer__slope": 900.0, "badging__gap": 1.0, "badging__standing_gap": 0.0,
        "exchange__counter_gap": 0.1, "disclosure__base": 99.0, "disclosure__status": 0.0, "badging__offers": 0.0,
        "programme__mode": "free", "mode__exchange_trust": -9.0,
    }  # fmt: skip
    assert found(state, **values) == {(3, 0)}
    assert (state.partnerships.back[0] == 0) == offered


def test_a_partnership_begins_with_nothing_behind_it() -> None:
    """Whatever was in its place before."""
    state = searching()
    leftover = (
        "collegial", "given", "returned", "hours", "gain", "engagement", "foreboding", "prize", "learnt",
        "following_up",
    )  # fmt: skip
    put_row(state.partnerships, 0, **dict.fromkeys(leftover, 1))
    assert found(state) == {(3, 0)}
    for name in leftover:
        assert getattr(state.partnerships, name)[0] == 0, name
    assert state.partnerships.began[0] == 3
    assert state.schools.originated.tolist()[3] == 1
    assert state.schools.commitments.tolist() == [1, 0, 0, 1]


def test_who_is_asked_looks_at_what_the_two_are_to_each_other() -> None:
    """Acceptance -150 in logit, and 199 for familiarity 1: an old acquaintance says yes, a stranger does not."""
    values = {"accept__base": -150.0, "accept__familiarity": 199.0, "accept__trust": 0.0}
    state = searching(2)
    assert found(state, **values) == {(1, 0)}
    cold = {"internal_broker__schools": 40.0}
    assert found(searching_strangers(1.0), **cold | values) == set()
    assert found(searching_strangers(1.0), **cold) != set()
    trusting = {"accept__base": -150.0, "accept__familiarity": 0.0, "accept__trust": 600.0}
    for trust, agrees in ((0.5, True), (0.2, False)):
        state = searching(2)
        state.ties.trust_ab[0] = state.ties.trust_ba[0] = trust
        assert (found(state, **trusting) == {(1, 0)}) == agrees


def test_a_half_terms_work_begins_with_counts_anew() -> None:
    """What was being learnt is last half-term's load; who is in a pair is counted, and who is not."""
    state = at_work()
    put(state.teachers, load=(3, 2, 1, 0), load_before=9, pairs=9, hours_out=9.0)
    assert count_pairs(state) == 1
    assert state.teachers.load_before.tolist() == [3, 2, 1, 0]
    assert state.teachers.load.tolist() == [0, 0, 0, 0]
    assert state.teachers.pairs.tolist() == [1, 0, 1, 0]
    assert state.teachers.hours_out.tolist() == [0.0] * 4
    assert state.partnerships.pairs[0] == 1
