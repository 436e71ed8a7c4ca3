"""Every outcome has a unit and a definition, is finite where it should be, and is at work."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.outcomes.catalog import OUTCOMES, PLACE
from schoolsim.system.simulation import Simulation
from tests.system import where
from tests.system.worlds import PROGRAMME, World, made_table

UNITS = {
    "pp", "level", "share", "pupils", "practices", "ties", "partnerships", "half-terms", "transfers/year",
    "practices/year", "partnerships/year", "hours/year", "pounds/year",
}  # fmt: skip
#: Means over what a programme brings about; unknown where there is none.
OF_THE_PROGRAMME = {
    "progress.partner", "progress.originator", "attainment.partner", "gain.partner", "gain.originator",
    "confidence.partner", "confidence.originator",
}  # fmt: skip


@pytest.fixture(scope="module")
def programme() -> Simulation:
    creating: dict[str, object] = {"programme.mode": "creation", "creation.hazard": 0.2, "funding.purse": "originator"}
    # Halves the money, so that some is left over on either side.
    creating["funding.originator_keeps"] = 0.5
    return World(made_table(21), PROGRAMME | creating, 21, burn_in_years=1).run(3)


@pytest.fixture(scope="module")
def without() -> Simulation:
    return World(made_table(21), {"search.rate": 1.0, "accept.base": 1.0}, 21, burn_in_years=1).run(3)


#: Parameters in whose settings the outcomes that the two runs above leave at nought are at work.
ELSEWHERE = (
    "bid.skill", "network.facilitator_cost", "inspection.hours", "evaluation.stops", "evaluation.glance",
    "accreditation.reach", "policy.strain", "leadership.moves", "hostility.breach", "hostility.broker",
    "funding.claim_base", "ast.time", "followup.sustain", "training.rate", "university.evidence",
)  # fmt: skip


@pytest.fixture(scope="module")
def elsewhere() -> list[Simulation]:
    # Everything is judged after two years, and stopped whatever it has given.
    stopped = {"evaluation.bar": 0.5, "evaluation.stops": 1.0, "programme.patience": 11, "funding.years": 4}
    settings = [where.setting_of(name) for name in ELSEWHERE] + [where.setting_of("evaluation.stops") | stopped]
    return [World(made_table(5), setting, 5).run(2) for setting in settings]


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_outcome_says_what_it_is(name: str) -> None:
    outcome = OUTCOMES[name]
    assert outcome.name == name
    subject, _, word = name.partition(".")
    assert subject
    assert word
    assert outcome.definition.endswith(".")
    assert len(outcome.definition.split()) >= 2
    assert outcome.over in ("window", "years", "last")
    # What is summed over years is a rate, and nothing else is.
    assert outcome.unit.endswith("/year") == (outcome.over == "years")


def test_units_are_few_and_known() -> None:
    assert {outcome.unit for outcome in OUTCOMES.values()} >= UNITS


def test_places_are_the_order_of_the_catalogue() -> None:
    assert list(PLACE) == list(OUTCOMES)
    assert list(PLACE.values()) == list(range(len(OUTCOMES)))


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_outcome_of_a_programme_is_finite(name: str, programme: Simulation) -> None:
    column = programme.series[programme.half_terms >= 0, PLACE[name]]
    assert np.all(np.isfinite(column))
    assert np.isfinite(programme.outcomes()[name])


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_outcome_without_a_programme_is_finite_or_of_the_programme(name: str, without: Simulation) -> None:
    assert np.isfinite(without.outcomes()[name]) == (name not in OF_THE_PROGRAMME)


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_outcome_is_at_work(
    name: str, programme: Simulation, without: Simulation, elsewhere: list[Simulation]
) -> None:
    """It is not one number for ever, but for rounding, in all the runs."""
    values = np.concatenate([run.series[:, PLACE[name]] for run in (programme, without, *elsewhere)])
    assert np.nanmax(values) - np.nanmin(values) > 1e-6
