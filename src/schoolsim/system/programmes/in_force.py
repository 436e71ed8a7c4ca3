"""Changes made as a programme's levers come into force at a school, or go: heads develop, brokers begin or stop."""

from __future__ import annotations

from schoolsim.columns import Int64Array, in_row
from schoolsim.jit import compiled
from schoolsim.system.headship import develop_head
from schoolsim.system.programmes.levers import levers_in
from schoolsim.system.state import Parameters, State


@compiled
def put_in_force(state: State, p: Parameters, by_school: Int64Array, by_authority: Int64Array) -> None:
    """Note the rows of parameters that hold from now on, and do what is done once.

    Args:
        state: The state.
        p: Parameters, with every row side by side.
        by_school: Row for each school.
        by_authority: Row for each authority.
    """
    schools, authorities, brokers = state.schools, state.authorities, state.brokers
    knowledge = state.broker_knowledge
    for school in range(schools.rows):
        before, after = in_row(p, schools.area[school]), in_row(p, by_school[school])
        schools.area[school] = by_school[school]
        developed = after.leadership_shielding > before.leadership_shielding
        if developed or after.leadership_distribute > before.leadership_distribute:
            develop_head(state, after, school)
    for authority in range(authorities.rows):
        authorities.area[authority] = by_authority[authority]
    for broker in range(brokers.rows):
        here = levers_in(authorities, brokers.authority[broker], p)
        at_work = brokers.place[broker] < here.broker_number
        brokers.visits[broker] = float(here.broker_visits) if at_work else 0.0
        brokers.skill[broker] = here.broker_skill
        if not at_work:
            # What they knew was in their head (§3.41).
            for school in range(schools.rows):
                knowledge.strengths[broker, school] = knowledge.relations[broker, school] = 0.0
