"""Every outcome has a unit and a definition, is finite where it should be, and is at work."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from schoolsim.outcomes import catalog
from schoolsim.outcomes.catalog import OUTCOMES, outcome
from schoolsim.outcomes.outcome import Account, Pass
from schoolsim.parameters.record import Parameters
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import Clock, State
from tests.system import where
from tests.system.worlds import PROGRAMME, World, in_trusts, made_table

UNITS = {
    "pp", "level", "share", "pupils", "practices", "ties", "partnerships", "half-terms", "transfers/year",
    "practices/year", "partnerships/year", "schools/year", "hours/year", "pounds/year",
}  # fmt: skip
#: Means over what a programme brings about; unknown where there is none.
OF_THE_PROGRAMME = {
    "progress.partner", "progress.originator", "attainment.partner", "gain.partner", "gain.originator",
    "confidence.partner", "confidence.originator", "effect.member", "effect.partner", "effect.originator",
    "effect.partner_now", "effect.originator_now", "effect.learners", "effect.givers", "effect.colleagues",
    "effect.results", "places.filled",
}  # fmt: skip


#: Of places while money is paid, a year here; of people there may be none of.
PAID_ONLY = {"places.filled"}
ONLY_SOMETIMES = {"effect.partner_now", "effect.originator_now", "effect.givers", "effect.colleagues"}


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
    "bid.skill", "network.facilitator_cost", "inspection.hours", "evaluation.stops", "refocus.room",
    "accreditation.reach", "policy.strain", "leadership.moves", "hostility.breach", "hostility.mended",
    "ast.time", "followup.sustain", "training.rate", "university.evidence", "website.hours",
    "funding.holds",
)  # fmt: skip


@pytest.fixture(scope="module")
def elsewhere() -> list[Simulation]:
    # Everything is judged after two years, and stopped whatever it has given.
    stopped = {"evaluation.stops": 1.0, "programme.patience": 11, "funding.years": 4}
    settings = [where.setting_of(name) for name in ELSEWHERE] + [where.setting_of("evaluation.stops") | stopped]
    settings += [{**where.PROGRAMME, "funding.purse": "central"}, {**where.PROGRAMME, "evaluation.kind": "informal"}]
    schools = made_table(5)
    with_trusts = World(schools, {"academies.join": 0.5}, 5, ties=in_trusts(schools, 3, 2))
    return [*(World(schools, setting, 5).run(2) for setting in settings), with_trusts.run(2)]


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


def test_every_column_of_a_pass_is_an_outcome() -> None:
    """What is measured and never told would cost every half-term."""
    passes = [one.measured_by for one in OUTCOMES.values() if isinstance(one.measured_by, Pass)]
    for source in set(passes):
        columns = {one.column for one in OUTCOMES.values() if one.measured_by is source}
        assert columns == set(source.module.Columns.layout), source.subject


def test_no_two_outcomes_are_one_account() -> None:
    accounts = [one.measured_by for one in OUTCOMES.values() if isinstance(one.measured_by, Account)]
    assert len(set(accounts)) == len(accounts)


# --- outcomes of one's own ------------------------------------------------------------------------


def _best(state: State, p: Parameters, clock: Clock) -> float:
    return float(state.schools.progress.max() * p.result_points + clock.half_term)


@pytest.fixture
def catalogue() -> Iterator[None]:
    """The catalogue as it was, when the test is over."""
    before = dict(OUTCOMES)
    yield
    for name in set(OUTCOMES) - set(before):
        del catalog._BY_NAME[name]


@pytest.mark.usefixtures("catalogue")
def test_an_outcome_of_ones_own_is_measured_like_the_models() -> None:
    made = outcome("mine.best", "pp", "What the best school adds.", _best, over="last", label="best school")
    assert OUTCOMES["mine.best"] is made
    assert (made.label, made.phrase) == ("best school", "best school")
    simulation = World(made_table(21), {}, 21).run(1)
    points = simulation.parameters.result_points
    assert simulation.latest["mine.best"] == simulation.state.schools.progress.max() * points + 5
    assert simulation.outcomes()["mine.best"] == simulation.latest["mine.best"]
    assert len(simulation.series["mine.best"]) == 6
    # It moves nothing.
    del catalog._BY_NAME["mine.best"]
    plain = World(made_table(21), {}, 21).run(1)
    for name, values in plain.series.items():
        np.testing.assert_array_equal(simulation.series[name], values, err_msg=name)


@pytest.mark.usefixtures("catalogue")
def test_added_again_it_takes_the_old_ones_place() -> None:
    outcome("mine.best", "pp", "One.", _best)
    again = outcome("mine.best", "level", "Another.", _best)
    assert OUTCOMES["mine.best"] is again


@pytest.mark.parametrize("name", ["best", "mine.best.one", "mine.", ".best", "mine best.one", "2nd.best"])
def test_an_outcome_is_named_with_two_words_and_a_dot(name: str) -> None:
    with pytest.raises(ValueError, match="two words and a dot"):
        outcome(name, "pp", "What the best school adds.", _best)
    assert name not in OUTCOMES


def test_the_models_own_outcomes_are_its_own() -> None:
    before = OUTCOMES["progress.mean"]
    with pytest.raises(ValueError, match="model's own"):
        outcome("progress.mean", "pp", "Another.", _best)
    assert OUTCOMES["progress.mean"] is before


# --- every one at work ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_outcome_of_a_programme_is_finite(name: str, programme: Simulation) -> None:
    column = programme.series[name][programme.half_terms >= 0]
    if name in PAID_ONLY:
        assert np.all(np.isfinite(column[:6]))
    elif name not in ONLY_SOMETIMES:
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
    values = np.concatenate([run.series[name] for run in (programme, without, *elsewhere)])
    assert np.nanmax(values) - np.nanmin(values) > 1e-6
