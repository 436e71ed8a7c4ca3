"""How a system begins: practices, heads, staff, ties and brokers, each from a draw of its own (M01, M05, M14, M36)."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.special import ndtri

from schoolsim import draws
from schoolsim.parameters.record import Parameters
from schoolsim.populations.ties import TieTable
from schoolsim.rules.codes import CLASS_TEACHER, NONE, SECONDARY
from schoolsim.rules.practice import appeal, context_distance, unfamiliarity
from schoolsim.rules.trust import rivalry
from schoolsim.system.initial import build as building
from schoolsim.system.initial.build import build
from schoolsim.system.initial.given_ties import begin_together, take_school_ties, take_teacher_ties
from schoolsim.system.initial.practices import draw_contexts
from schoolsim.system.initial.relations import draw_friendships, draw_ties
from schoolsim.system.initial.tie_levels import Pairs
from schoolsim.system.programmes.areas import Placed
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie, trust_of
from tests.system.by_hand import certain, luck, parameters, put, side_by_side, state_of, tie
from tests.system.worlds import made_table

SEED = 6
TABLE = made_table(6, 14, authorities=2)
VALUES = {
    "practice__number": 6, "practice__slots": 2, "broker__number": 2, "broker__visits": 4, "broker__skill": 0.7,
    "market__choice_weight": 0.8, "hostility__start": 1.0, "ties__nearby": 0.7, "ties__elsewhere": 0.05,
    "ties__dropped": 0.2, "ties__teachers": 0.6, "department__number": 3, "scope__school": 0.2,
    "scope__department": 0.3, "values__anchor": 0.4, "rivalry__slope": 1.5,
}  # fmt: skip
P: Parameters = certain(**VALUES)


@pytest.fixture(scope="module")
def begun() -> State:
    """Two authorities' schools as their run begins."""
    return build(TABLE, P, SEED)


def unit(level: float) -> float:
    return min(1.0, max(0.0, level))


def normal(purpose: int, step: int, who: int, which: int) -> float:
    return float(draws.normal(SEED, purpose, step, int(who), which))


def test_practices_are_what_their_draws_say(begun: State) -> None:
    practices = begun.practices
    for row in range(6):
        kind = luck(SEED, draws.PRACTICE, 0, row, 0)
        assert practices.kind[row] == kind
        tacit = (
            P.practice_tacit_base
            + P.practice_tacit_slope * kind
            + P.practice_spread * normal(draws.PRACTICE, 0, row, 1)
        )
        assert practices.tacit[row] == pytest.approx(unit(tacit))
        bound = P.practice_dependence_base + P.practice_dependence_slope * kind
        bound += P.practice_spread * normal(draws.PRACTICE, 0, row, 2)
        assert practices.dependence[row] == pytest.approx(P.practice_context_weight * unit(bound))
        # 8 + 22 x draw + 12 x kind, over its mean 8 + 11 + 6.
        shape = (8 + 22 * luck(SEED, draws.PRACTICE, 0, row, 3) + 12 * kind) / 25
        assert practices.hours[row] == pytest.approx(P.practice_hours_mean * shape)
        effect = normal(draws.PRACTICE, 0, row, 4)
        assert practices.effect[row] == pytest.approx(max(-0.03, 0.1 + 0.05 * effect))
        fashion = normal(draws.PRACTICE, 0, row, 5)
        assert practices.appeal[row] == pytest.approx(appeal(effect, fashion, P.practice_appeal_truth, P))
        assert practices.evidence[row] == pytest.approx(2 * P.evidence_mean * luck(SEED, draws.TRAIT, 0, row, 0))
        taken = luck(SEED, draws.TRAIT, 0, row, 1)
        assert practices.scope[row] == (2 if taken < 0.2 else 1 if taken < 0.5 else 0)
        for axis in range(practices.home.shape[1]):
            assert practices.home[row, axis] == pytest.approx(
                P.practice_home_spread * normal(draws.PRACTICE, 0, row, 10 + axis)
            )
    assert practices.alive.tolist() == [1] * 6 + [0] * 2
    assert len(set(practices.scope[:6].tolist())) > 1


def test_a_schools_context_is_of_its_place_its_own_and_of_its_intake(begun: State) -> None:
    schools = begun.schools
    share = TABLE.disadvantage
    mean = (TABLE.roll * share).sum() / TABLE.roll.sum()
    spread = math.sqrt(np.mean((share - mean) ** 2))
    for row in range(14):
        place = draws.pair(int(TABLE.easting[row] // 5.0), int(TABLE.northing[row] // 5.0))
        for axis in range(schools.context.shape[1]):
            expected = 0.6 * normal(draws.CONTEXT, 0, place, axis) + 0.7 * normal(
                draws.CONTEXT, 0, schools.uid[row], axis
            )
            expected += 0.5 * (share[row] - mean) / spread if axis == 0 else 0.0
            assert schools.context[row, axis] == pytest.approx(expected)
        for practice in range(6):
            away = unfamiliarity(context_distance(begun.practices.home[practice], schools.context[row]))
            assert begun.repertoires.distance[row, practice] == pytest.approx(away, rel=1e-6)
        assert begun.repertoires.distance[row, 6:].tolist() == [0.0, 0.0]


def test_schools_are_those_of_the_table(begun: State) -> None:
    schools, authorities = begun.schools, begun.authorities
    assert schools.uid.tolist() == TABLE.urn.tolist()
    assert schools.phase.tolist() == TABLE.phase.tolist()
    assert (schools.past - schools.first).tolist() == schools.staff.tolist() == TABLE.teachers.tolist()
    assert schools.first.tolist() == [0, *np.cumsum(TABLE.teachers)[:-1].tolist()]
    assert schools.poor.tolist() == pytest.approx((TABLE.roll * TABLE.disadvantage).tolist())
    for name in ("need", "award", "internal_post"):
        assert getattr(schools, name).tolist() == [NONE] * 14
    order = begun.roster.order
    for authority in range(2):
        here = order[authorities.first[authority] : authorities.past[authority]].tolist()
        assert here == sorted(np.flatnonzero(TABLE.authority == authority), key=lambda row: TABLE.urn[row])
    assert (begun.market.choices[:, 0] == np.arange(14)).all()


def test_tables_have_room_for_what_may_come(begun: State) -> None:
    posts = int(TABLE.teachers.sum())
    assert (begun.ties.rows, begun.friends.rows, begun.partnerships.rows) == (12 * 14 + 32, 2 * posts + 32, 56)
    assert (begun.practices.rows, begun.knowledge.width, begun.brokers.rows) == (8, 8, 4)


def test_heads_are_there_since_before_the_run(begun: State) -> None:
    schools = begun.schools
    assert schools.head_since.tolist() == [-1000] * 14
    for row in range(14):
        tone = P.leadership_tone_mean + P.leadership_sd * normal(draws.HEAD, 0, schools.uid[row], 0)
        assert schools.tone[row] == pytest.approx(unit(tone))
        assert schools.closed[row] == (luck(SEED, draws.HEAD, 0, schools.uid[row], 3) < P.leadership_closed)


def test_departments_and_who_leads_them(begun: State) -> None:
    """A secondary's three departments take turns; its first three posts lead. Elsewhere one post in six leads."""
    schools, teachers = begun.schools, begun.teachers
    for row in range(14):
        posts = np.arange(schools.first[row], schools.past[row])
        number = len(posts)
        secondary = schools.phase[row] == SECONDARY
        assert teachers.department[posts].tolist() == [place % 3 if secondary else 0 for place in range(number)]
        assert schools.leaders[row] == (3 if secondary else max(1, number // 6))
        # Who leads is settled as the first year begins, by service.
        assert teachers.role[posts].tolist() == [CLASS_TEACHER] * number


def test_a_person_is_in_every_post_with_service_and_skill(begun: State) -> None:
    schools, teachers = begun.schools, begun.teachers
    for row in range(14):
        for place in range(schools.staff[row]):
            post = schools.first[row] + place
            uid = draws.pair(schools.uid[row], place)
            assert (teachers.uid[post], teachers.school[post]) == (uid, row)
            assert teachers.skill[post] == pytest.approx(P.careers_skill_sd * normal(draws.PERSON, 0, uid, 8))
            years = math.floor(-math.log(1 - luck(SEED, draws.PERSON, 0, uid, 9)) / (P.careers_leave + P.careers_move))
            assert teachers.years[post] == years
            assert teachers.anchor[post] == 0.4


def test_what_staff_hold_is_by_tradition_and_where_it_is_at_home(begun: State) -> None:
    held = 0
    for post in range(0, len(begun.teachers), 3):
        row, uid = int(begun.teachers.school[post]), int(begun.teachers.uid[post])
        for practice in range(6):
            tradition = luck(SEED, draws.TRADITION, 0, begun.schools.uid[row], practice) < P.practice_tradition_share
            foreign = begun.practices.dependence[practice] * begun.repertoires.distance[row, practice]
            chance = P.practice_held_base + P.practice_held_tradition * tradition * (1 - P.practice_held_fit * foreign)
            found = tuple(
                float(getattr(begun.knowledge, name)[post, practice]) for name in ("mastery", "ownership", "tuning")
            )
            if luck(SEED, draws.HOLDER, 0, uid, practice) < chance:
                means = (P.practice_first_mastery, P.practice_first_ownership, P.practice_first_mastery)
                expected = [
                    unit(mean + P.practice_first_sd * normal(draws.LEVELS, 0, uid, 3 * practice + which))
                    for which, mean in enumerate(means)
                ]
                assert found == pytest.approx(expected, abs=1e-6)
                held += 1
            else:
                assert found == (0.0, 0.0, 0.0)
    assert held > 20


def test_ties_are_within_authorities_and_likelier_between_near_schools(begun: State) -> None:
    """Rivals start colder, and some have fallen out."""
    schools, hostile, ties = begun.schools, 0, 0
    for one in range(14):
        for other in range(one + 1, 14):
            low, high = sorted((one, other), key=lambda row: schools.uid[row])
            both = draws.pair(schools.uid[low], schools.uid[high])
            km = math.hypot(TABLE.easting[one] - TABLE.easting[other], TABLE.northing[one] - TABLE.northing[other])
            miles = km / 1.609344
            chance = 0.7 * math.exp(-miles / P.ties_reach) + 0.05
            on = find_tie(begun, one, other)
            here = TABLE.authority[one] == TABLE.authority[other]
            assert (on >= 0) == (here and luck(SEED, draws.FIRST_TIES, 0, both) < chance)
            if on < 0:
                continue
            ties += 1
            rival = rivalry(0.8, miles, int(TABLE.phase[one]), int(TABLE.phase[other]), P)
            assert begun.ties.rivalry[on] == pytest.approx(rival)
            assert begun.ties.miles[on] == pytest.approx(miles)
            shared = normal(draws.TIE_LEVELS, 0, both, 9)
            for side, of in (("a", begun.ties.resting_ab[on]), ("b", begun.ties.resting_ba[on])):
                own = normal(draws.TIE_LEVELS, 0, both, 10 if getattr(begun.ties, side)[on] == low else 11)
                assert of == pytest.approx(unit(P.trust_rest + P.trust_rest_sd * (shared + own) / math.sqrt(2)))
            levels = [
                unit(P.ties_trust - P.ties_rival_trust * rival + P.ties_sd * normal(draws.TIE_LEVELS, 0, both, which))
                for which in (0, 1)
            ]
            fell_out = luck(SEED, draws.HOSTILE_FIRST, 0, both) < rival
            if fell_out:
                levels = [0.0] * 2
            assert begun.ties.hostile[on] == fell_out
            assert [trust_of(begun.ties, on, row) for row in (low, high)] == pytest.approx(levels)
            known = unit(P.ties_familiarity + P.ties_sd * normal(draws.TIE_LEVELS, 0, both, 2))
            assert begun.ties.familiarity[on] == pytest.approx(max(0.2, known))
            hostile += fell_out
    assert ties > 10
    assert 0 < hostile < ties


def test_some_teachers_have_a_friend_in_a_school_theirs_is_tied_to(begun: State) -> None:
    """Of eight schools a teacher thinks of, the first with a tie to their own; the eighth even without."""
    schools, teachers, friends = begun.schools, begun.teachers, begun.friends
    expected, last = [], 0
    for post in range(len(teachers)):
        uid, school = int(teachers.uid[post]), int(teachers.school[post])
        if luck(SEED, draws.FIRST_TIES, 1, uid) >= 0.6:
            continue
        first, past = (int(getattr(begun.authorities, end)[schools.authority[school]]) for end in ("first", "past"))
        seen = [
            int(begun.roster.order[first + int(luck(SEED, draws.FIRST_TIES, 2, uid, attempt) * (past - first))])
            for attempt in range(8)
        ]
        fits = [
            row for place, row in enumerate(seen) if row != school and (find_tie(begun, school, row) >= 0 or place == 7)
        ]
        if not fits:
            continue
        last += fits[0] == seen[7] and find_tie(begun, school, fits[0]) < 0
        theirs = schools.first[fits[0]] + int(luck(SEED, draws.FIRST_TIES, 3, uid) * schools.staff[fits[0]])
        trust = unit(P.ties_teachers_trust + P.ties_sd * normal(draws.TIE_LEVELS, 1, uid, 0))
        known = unit(P.ties_teachers_familiarity + P.ties_sd * normal(draws.TIE_LEVELS, 1, uid, 1))
        expected.append((post, int(theirs), trust, known))
    named = {post: theirs for post, theirs, _, _ in expected}
    both = 0
    for slot, (post, theirs, trust, known) in enumerate(expected):
        assert (friends.a[slot], friends.b[slot]) == (post, theirs)
        assert (friends.trust_ab[slot], friends.trust_ba[slot]) == pytest.approx((trust, trust))
        assert friends.familiarity[slot] == pytest.approx(known)
        # Of two who name each other, the friendship named by the lower uid stays.
        twice = named.get(theirs) == post and teachers.uid[post] > teachers.uid[theirs]
        assert friends.alive[slot] == (not twice)
        both += twice
    assert not friends.alive[len(expected) :].any()
    assert both > 0
    assert len(expected) > 20


def test_each_authority_has_its_brokers(begun: State) -> None:
    brokers = begun.brokers
    assert brokers.authority.tolist() == [0, 0, 1, 1]
    assert brokers.uid.tolist() == [draws.pair(-1 - authority, place) for authority in (0, 1) for place in (0, 1)]
    assert brokers.place.tolist() == [0, 1, 0, 1]


def test_results_are_put_on_the_scale_and_what_teaching_does_not_explain_is_intake() -> None:
    """Published 60 + 12 x attainment, between 2 and 98; standing is its distance from the mean of the phase, in sd."""
    p = parameters(result__mean=60.0, result__sd=12.0)
    table = replace(
        TABLE, attainment=np.where(np.arange(14) == 3, np.nan, np.where(np.arange(14) == 4, 9.0, TABLE.attainment))
    )
    state = build(table, p, SEED)
    schools = state.schools
    drawn = normal(draws.POPULATION, 0, schools.uid[3], 50)
    expected = np.where(np.arange(14) == 3, drawn, table.attainment)
    published = np.clip(60.0 + 12.0 * expected, 2.0, 98.0)
    np.testing.assert_allclose(schools.published, published)
    for phase in (0, 1):
        here = schools.phase == phase
        standing = (published[here] - published[here].mean()) / published[here].std()
        np.testing.assert_allclose(schools.standing[here], standing)
    np.testing.assert_array_equal(schools.known_standing, schools.standing)
    np.testing.assert_array_equal(schools.value, schools.progress)
    np.testing.assert_array_equal(schools.value_start, schools.progress)
    np.testing.assert_array_equal(schools.progress_start, schools.progress)
    share = schools.poor / schools.roll
    start = schools.poor.sum() / schools.roll.sum()
    assert state.run.poor_start[0] == pytest.approx(start)
    mean = (schools.value * schools.roll).sum() / schools.roll.sum()
    np.testing.assert_allclose(
        schools.intake, ndtri(published / 100) + p.result_poor * (share - start) - (schools.value - mean)
    )


def of_name(name: str, begins: int, ends: int, covered: np.ndarray) -> Placed:
    """A programme of which only the name is asked."""
    return Placed(SimpleNamespace(name=name), begins, ends, covered)  # type: ignore[arg-type]  # it has a name


def test_programmes_find_room_and_their_first_networks_one_after_another() -> None:
    """Two and three networks; four brokers an authority where the second programme's area has so many."""
    rows = ({}, {"programme__networks": 2}, {"programme__networks": 3, "broker__number": 4})
    p = side_by_side(*(certain(**VALUES | row) for row in rows))
    covered = np.arange(14) % 2
    placed = (of_name("first", 3, 9, covered), of_name("second", 4, 12, 1 - covered))
    state = build(TABLE, p, SEED, placed)
    programmes = state.programmes
    assert (programmes.rows, state.networks.rows, state.brokers.rows) == (3, 5, 8)
    assert programmes.uid[1:].tolist() == [one.uid for one in placed]
    assert (programmes.begins.tolist(), programmes.ends.tolist()) == ([0, 3, 4], [1_000_000, 9, 12])
    assert programmes.networks.tolist() == [0, 0, 2]
    assert programmes.covered.tolist() == [[0] * 14, covered.tolist(), (1 - covered).tolist()]
    assert (programmes.joined == NONE).all()
    assert (programmes.asked == NONE).all()


@pytest.mark.parametrize(("share", "places"), [(10, 2), (5, 4)])
def test_room_for_what_is_created_grows_with_the_root_of_the_schools(
    share: int, places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """14 schools are 1.4 shares of 10, the root 1.18 is 1; 2.8 shares of 5, the root 1.67 is 2. Each has two places."""
    monkeypatch.setattr(building, "SCHOOLS_A_SHARE", share)
    assert build(TABLE, P, SEED).practices.rows == 6 + places


def test_what_staff_hold_and_give_is_measured_as_the_run_begins(begun: State) -> None:
    """Means over each staff, and their effect on pupils with the school's climate."""
    schools, teachers = begun.schools, begun.teachers
    for row in range(14):
        posts = slice(schools.first[row], schools.past[row])
        np.testing.assert_allclose(
            begun.repertoires.mastery[row], begun.knowledge.mastery[posts].mean(axis=0), atol=1e-6
        )
        assert schools.progress[row] == pytest.approx(teachers.effect[posts].mean() + schools.climate[row])
    assert schools.progress.std() > 0.0


# --- small tables of their own --------------------------------------------------------------------


@pytest.mark.parametrize(("uids", "stays"), [((501, 502), (0, 1)), ((502, 501), (1, 0))])
def test_of_two_who_name_each_other_the_friendship_of_the_lower_number_stays(
    uids: tuple[int, int], stays: tuple[int, int]
) -> None:
    """The only two teachers, of two schools with a tie; each thinks of the other, and the table is full then."""
    p = certain(ties__teachers=1.0)
    state = state_of(2, 1, friends=2)
    put(state.teachers, uid=uids)
    tie(state, 0, (0, 1))
    draw_friendships(state, p, Clock((SEED, 0)))
    friends = state.friends
    assert [(friends.a[slot], friends.b[slot]) for slot in range(2) if friends.alive[slot]] == [stays]
    slot = int(np.flatnonzero(friends.alive)[0])
    known = p.ties_teachers_familiarity + p.ties_sd * normal(draws.TIE_LEVELS, 1, uids[stays[0]], 1)
    assert friends.familiarity[slot] == pytest.approx(unit(known))
    assert state.teachers.first_tie.tolist() == [slot, slot]


def test_no_friend_is_made_where_there_is_no_room() -> None:
    state = state_of(2, 3, friends=1)
    tie(state, 0, (0, 1))
    draw_friendships(state, certain(ties__teachers=1.0), Clock((SEED, 0)))
    assert state.friends.alive.tolist() == [1]
    assert state.friends.a[0] == 0


def test_far_ties_are_so_many_a_school_however_few_there_are() -> None:
    """One far tie a school: of two schools each has the other, of three one of two."""
    for schools, chance in ((2, 1.0), (3, 0.5)):
        tied = 0
        for seed in range(1, 9):
            state = state_of(schools, 1)
            p = certain(ties__nearby=0.0, ties__elsewhere=1.0)
            draw_ties(state, p, Clock((seed, 0)))
            for one in range(schools):
                for other in range(one + 1, schools):
                    both = draws.pair(state.schools.uid[one], state.schools.uid[other])
                    found = find_tie(state, one, other) >= 0
                    assert found == (luck(seed, draws.FIRST_TIES, 0, both) < chance)
                    tied += found
        assert tied >= 8


def test_the_last_practice_is_as_foreign_as_the_context_is_far_from_its_home() -> None:
    state = state_of(3, 1, 2)
    put(state.schools, poor=(10, 20, 60), east=(0, 9, 4), north=(0, 2, 7))
    state.practices.home[:] = [[1.0, 2.0, 3.0], [-1.0, 0.5, 0.0]]
    draw_contexts(state, P, Clock((SEED, 0)))
    for school in range(3):
        for practice in range(2):
            away = unfamiliarity(context_distance(state.practices.home[practice], state.schools.context[school]))
            assert state.repertoires.distance[school, practice] == pytest.approx(away, rel=1e-6)
            assert away > 0.0


def test_first_practices_grew_out_of_none_and_nothing_is_compared_or_noted_yet(begun: State) -> None:
    assert begun.practices.parent[:6].tolist() == begun.practices.other_parent[:6].tolist() == [NONE] * 6
    assert [len(group) for group in (begun.school_twins, begun.teacher_twins, begun.gains, begun.run)] == [0, 0, 0, 1]
    assert len(begun.introductions) == 4 * 256


# --- ties that were given -------------------------------------------------------------------------

UNNAMED = -math.inf


def pairs(*rows: tuple[tuple[int, int], tuple[float, float]], joined: int = 0) -> Pairs:
    """Pairs and scores each way; the first `joined` are of one trust."""
    ends, scores = zip(*rows, strict=True)
    of_one = np.arange(len(rows)) < joined
    return Pairs(np.array(ends), np.array(scores), of_one, of_one)


@pytest.mark.parametrize(("room", "grown"), [(2, 4), (3, 6), (4, 4)])
def test_given_ties_of_schools_begin_by_their_scores(room: int, grown: int) -> None:
    """Mean .6 less .2 x rivalry, spread .1; who is not named begins with half the mean. Familiarity .3, spread .1."""
    p = certain(
        ties__trust=0.6, ties__rival_trust=0.2, ties__sd=0.1, ties__familiarity=0.3, ties__dropped=0.25,
        market__choice_weight=0.8,
    )  # fmt: skip
    state = state_of(4, 1, ties=room)
    put(state.schools, east=(0.0, 1.0, 3.0, 6.0))
    given = pairs(((0, 1), (2.0, UNNAMED)), ((1, 2), (1.0, 0.5)), ((2, 3), (-2.0, -1.0)))
    take_school_ties(state, p, Clock((SEED, 0)), given)
    ties = state.ties
    assert len(ties) == grown
    assert ties.alive.sum() == 3
    slots = [find_tie(state, *ends) for ends in ((0, 1), (1, 2), (2, 3))]
    rival = [rivalry(0.8, km / 1.609344, 0, 0, p) for km in (1.0, 2.0, 3.0)]
    means = [0.6 - 0.2 * one for one in rival]
    assert len(set(rival)) == 3
    assert ties.rivalry[slots].tolist() == pytest.approx(rival)
    assert ties.trust_ab[slots].tolist() == pytest.approx([means[0] + 0.2, means[1] + 0.1, means[2] - 0.2])
    assert ties.trust_ba[slots].tolist() == pytest.approx([0.5 * means[0], means[1] + 0.05, means[2] - 0.1])
    assert ties.familiarity[slots].tolist() == pytest.approx([0.5, 0.4, 0.25])


def test_given_ties_of_teachers_tie_their_schools_where_they_had_no_tie() -> None:
    """Mean .5, spread .1; familiarity .4 and .1. Tables are made larger while any could be full."""
    p = certain(
        ties__teachers_trust=0.5, ties__sd=0.1, ties__teachers_familiarity=0.4, ties__trust=0.5,
        ties__rival_trust=0.0,
    )  # fmt: skip
    state = state_of(3, 2, ties=2, friends=3)
    tie(state, 0, (0, 1), trust_ab=0.9, trust_ba=0.8)
    given = pairs(((0, 2), (1.0, UNNAMED)), ((1, 4), (2.0, 0.5)), ((3, 5), (-1.0, 7.0)))
    take_teacher_ties(state, p, Clock((SEED, 0)), given)
    friends, ties = state.friends, state.ties
    assert (len(ties), len(friends)) == (8, 6)
    assert friends.alive.tolist() == [1, 1, 1, 0, 0, 0]
    assert [(friends.a[slot], friends.b[slot]) for slot in range(3)] == [(0, 2), (1, 4), (3, 5)]
    assert friends.trust_ab[:3].tolist() == pytest.approx([0.6, 0.7, 0.4])
    assert friends.trust_ba[:3].tolist() == pytest.approx([0.25, 0.55, 1.0])
    assert friends.familiarity[:3].tolist() == pytest.approx([0.5, 0.6, 1.0])
    assert state.teachers.first_tie.tolist() == [0, 1, 0, 2, 1, 2]
    assert (trust_of(ties, find_tie(state, 0, 1), 0), trust_of(ties, find_tie(state, 0, 1), 1)) == (0.9, 0.8)
    assert ties.alive.sum() == 3
    for ends in ((0, 2), (1, 2)):
        luck = normal(draws.TIE_LEVELS, 0, draws.pair(*state.schools.uid[list(ends)]), 0)
        assert ties.trust_ab[find_tie(state, *ends)] == pytest.approx(unit(0.5 + 0.1 * luck))


def federation(joined: int) -> tuple[State, Pairs]:
    """Four schools, of which 1 has the best results; all pairs but one are tied."""
    state = state_of(4, 2, 3, partnerships=5)
    put(state.schools, standing=(0.2, 0.9, 0.2, -0.5))
    rows = (
        ((0, 1), (1.0, 1.0)), ((1, 2), (1.0, 1.0)), ((0, 2), (1.0, 1.0)), ((2, 3), (1.0, UNNAMED)),
        ((0, 3), (UNNAMED, 1.0)), ((1, 3), (1.0, 1.0)),
    )  # fmt: skip
    for slot, (ends, _) in enumerate(rows):
        tie(state, 11 - slot, ends)
    return state, pairs(*rows, joined=joined)


def test_schools_of_one_trust_begin_as_partners_the_named_or_better_as_originator() -> None:
    state, given = federation(5)
    begin_together(state, certain(), Clock((SEED, 4)), given)
    here = state.partnerships
    assert here.alive.tolist() == [1] * 5 + [0] * 5
    assert list(zip(here.originator[:5], here.partner[:5], strict=True)) == [(1, 0), (1, 2), (0, 2), (3, 2), (0, 3)]
    assert here.tie[:5].tolist() == [11, 10, 9, 8, 7]
    assert here.began[:5].tolist() == [4] * 5
    assert not here.programme.any()
    assert state.schools.commitments.tolist() == [3, 2, 3, 2]
    assert (state.schools.need >= 0).all()


def test_ties_alone_are_no_partnership() -> None:
    state, given = federation(0)
    begin_together(state, certain(), Clock((SEED, 4)), given)
    assert not state.partnerships.alive.any()
    assert len(state.partnerships) == 5
    assert state.schools.need.tolist() == [NONE] * 4


def table_of_ties(kind: str, *teachers: tuple[int, int]) -> TieTable:
    """The first school and the third, or teachers of them."""
    numbers = np.array(teachers or [(-1, -1)])
    return TieTable(
        source=TABLE.urn[[0]], target=TABLE.urn[[2]], source_teacher=numbers[:, 0], target_teacher=numbers[:, 1],
        kind=np.array([kind], dtype=object), strength=np.array([1.0]),
        since=np.full(1, np.datetime64("NaT"), dtype="datetime64[D]"), directed=True,
    )  # fmt: skip


def test_what_is_given_takes_the_place_of_what_would_be_drawn(begun: State) -> None:
    """Ties of schools leave friendships as drawn between tied schools; ties of teachers leave those of schools."""
    schools = build(TABLE, P, SEED, ties=table_of_ties("trust"), begins=7)
    assert schools.ties.alive.sum() == schools.partnerships.alive.sum() == 1
    assert find_tie(schools, 0, 2) == schools.partnerships.tie[0] >= 0
    assert schools.partnerships.began[0] == 7
    assert schools.friends.alive.sum() > 0
    people = build(TABLE, P, SEED, ties=table_of_ties("", (1, 0)))
    assert people.friends.alive.sum() == 1
    first = people.schools.first
    assert {int(people.friends.a[0]), int(people.friends.b[0])} == {int(first[0]) + 1, int(first[2])}
    drawn = {(int(begun.ties.a[slot]), int(begun.ties.b[slot])) for slot in np.flatnonzero(begun.ties.alive)}
    now = {(int(people.ties.a[slot]), int(people.ties.b[slot])) for slot in np.flatnonzero(people.ties.alive)}
    assert drawn <= now
    assert len(now - drawn) == (find_tie(begun, 0, 2) < 0)
    assert not people.partnerships.alive.any()
