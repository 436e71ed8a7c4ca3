"""Learning besides joint work: scholarships, learning to learn, evidence, a website: worked by hand (M20, M42)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import NONE
from schoolsim.system.learning.enquiry import add_evidence, award_scholarships, enquire, learn_to_learn
from schoolsim.system.learning.website import reading_terms
from schoolsim.system.partnerships.pairs import readiness
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import BOUGHT, COVER, DEVELOPING, GRANTED
from tests.system.by_hand import certain, luck, partnership, put, state_of, tie


def gains(state: State) -> list[tuple[int, int, float, float, float]]:
    """Post, practice, and what was gained of mastery, tuning and ownership."""
    noted = state.gains
    return [
        (int(noted.teacher[row]), int(noted.practice[row]), noted.mastery[row], noted.tuning[row], noted.ownership[row])
        for row in range(state.run.gains[0])
    ]


def test_scholarships_go_to_the_ready_by_a_draw() -> None:
    p = certain(enquiry__share=0.5, informal__enterprise=1.0, dependency__weight=0.5, outreach__diffident=0.0)
    state = state_of(2, 6)
    put(state.teachers, enterprise=np.linspace(0.0, 1.0, 12), dependence=np.linspace(0.5, 0.0, 12), enquiring=1)
    award_scholarships(state, p, Clock((2, 6)))
    uids = state.teachers.uid
    expected = [
        luck(2, draws.ENQUIRY, 6, uids[post]) < 0.5 * readiness(state.teachers, post, 0.0, p) for post in range(12)
    ]
    assert state.teachers.enquiring.tolist() == expected
    assert 0 < sum(expected) < 12


def test_a_programmes_staff_give_hours_to_how_they_learn() -> None:
    """Three hours each where they have six, half of what they have where that is less; the third is in none."""
    state = state_of(3, [2, 3, 2])
    put(state.schools, role=(1, 2, 0), hours=(10.0, 4.0, 10.0))
    put(state.teachers, learning=0.6)
    learn_to_learn(state, certain(meta__training_hours=3.0, meta__training=0.01))
    assert state.schools.hours.tolist() == [7.0, 2.0, 10.0]
    assert state.teachers.gain_learning.tolist() == pytest.approx([0.012] * 2 + [0.008] * 3 + [0.0] * 2)
    assert state.ledger.hours[GRANTED] == state.ledger.hours[DEVELOPING] == 3.0 * 2 + 2.0 * 3


def test_enquiry_is_paid_teaches_learning_and_deepens_what_is_mastered() -> None:
    """Four hold a scholarship: the second has no focus, the third none of the practice it works on."""
    state = state_of(1, 5, 2)
    put(state.teachers, enquiring=(1, 1, 1, 1, 0), focus=(1, NONE, 0, 1, 1), learning=0.4)
    state.knowledge.mastery[:, 1] = 0.5
    state.knowledge.tuning[:, 1] = (0.2, 0.2, 0.2, 1.0, 0.2)
    state.knowledge.ownership[:, 1] = 0.6
    p = certain(
        enquiry__hours=8.0, enquiry__learning=0.01, enquiry__deepens=0.05, funding__hour=25.0, time__in_class=0.5
    )
    enquire(state, p)
    noted = [one for gain in gains(state) for one in gain]
    assert noted == pytest.approx([0, 1, 0.0, 0.4 * 0.8, 0.4 * 0.4, 3, 1, 0.0, 0.0, 0.4 * 0.4])
    assert state.teachers.gain_learning.tolist() == pytest.approx([0.048, 0.0, 0.048, 0.048, 0.0])
    assert state.teachers.hours_out.tolist() == [4.0, 0.0, 4.0, 4.0, 0.0]
    assert state.ledger.hours[BOUGHT] == state.ledger.hours[DEVELOPING] == 24.0
    assert state.ledger.pounds[GRANTED] == state.ledger.pounds[COVER] == 600.0
    state.run.gains[0] = 0
    enquire(state, certain(enquiry__hours=8.0, enquiry__deepens=1.0))
    assert gains(state)[0][3] == pytest.approx(0.8)


def test_universities_add_evidence_on_what_the_programme_works_at() -> None:
    """Half involved, .2 of what is missing: for the programme's that worked, of three partnerships."""
    state = state_of(6, 2, 3)
    put(state.practices, evidence=0.5)
    for slot in range(3):
        tie(state, slot, (2 * slot, 2 * slot + 1))
        partnership(
            state, slot, (2 * slot, 2 * slot + 1), slot, focus=slot, programme=int(slot != 1), hours=float(slot != 2)
        )
    add_evidence(state, certain(university__evidence=0.2, university__involvement=0.5))
    assert state.practices.evidence.tolist() == pytest.approx([0.55, 0.5, 0.5])


def test_reading_is_not_being_shown() -> None:
    p = certain(replication__pace=0.6, replication__tuning=0.1, replication__ownership=0.3)
    assert reading_terms(p) == pytest.approx((0.6, 0.0, 0.1, 0.3, 1.0, 0.0, 0.0, 1.0))


# --- the phase ------------------------------------------------------------------------------------
