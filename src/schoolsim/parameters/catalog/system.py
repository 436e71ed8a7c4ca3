"""The setting, the market, results, brokers and who is in the programme (M33, M36, M37, M40)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, choice, flag, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_A = "prototype; size assumed"

PARAMETERS: tuple[Parameter, ...] = (
    _uncertain("market.choice_weight", 0.5, high=2.0, unit="weight", meaning="How hard schools compete: weight of results and badges in parents' choice, and of rivalry between schools.", source="Fielding 2005 §2.12, §2.23; swept", mechanisms=("M36", "M37")),
    _uncertain("market.observed_weight", 0.5, high=2.0, unit="weight", meaning="Choice weight that is taken to lie behind the rolls as the run begins.", source="assumed", mechanisms=("M37",)),
    _constant("market.quality", 0.8, high=5.0, unit="utility/sd", meaning="Weight of a standard deviation of published results with better-off parents at choice weight one half.", source=_A, mechanisms=("M37",)),
    _constant("market.poor_quality", 0.7, high=2.0, unit="1", meaning="The same weight for pupils on free meals, relative to the better off.", source="Burgess et al. on preferences: one third of the gap is preference", grade="published", mechanisms=("M37",)),
    _constant("market.distance", 0.9, high=10.0, unit="utility", meaning="Weight of distance, in units of the phase's reach.", source=_A, mechanisms=("M37",)),
    _constant("market.poor_distance", 1.5, high=5.0, unit="1", meaning="The same weight for pupils on free meals, relative to the better off.", source=_A, mechanisms=("M37",)),
    real("market.seats", 1.05, low=1.0, high=2.0, role="constant", unit="1", meaning="Pupils a school takes, relative to its capacity.", source=_A, mechanisms=("M37",)),
    _uncertain("market.constraint", 2.0, high=10.0, unit="1", meaning="How much likelier a pupil on free meals is to be turned away from a full school, less one.", source="two thirds of the gap in chosen quality is constraint (Burgess et al.)", grade="published", mechanisms=("M37",)),
    _constant("result.mean", 52.9, high=100.0, unit="pp", meaning="Mean published result: five or more good GCSEs, 2003.", source="Hansard 19 Feb 2007", grade="published"),
    _constant("result.sd", 18.4, high=50.0, unit="pp", meaning="Spread of published results between schools.", source="derived from schools below 20%, 2003", grade="derived"),
    _constant("result.noise", 0.117, high=1.0, unit="pupil sd", meaning="Year-to-year noise of a school's published result.", source="TES 1997: noise of 4.7 pp", grade="derived", mechanisms=("M40",)),
    _constant("result.poor", 1.8, high=5.0, unit="pupil sd", meaning="Loss in published result from no pupil to every pupil on free meals.", source=_A),
    real("result.memory", 3.0, low=1.0, high=10.0, role="constant", unit="years", meaning="Years over which a change in teaching comes to show in results.", source=_A, mechanisms=("M40",)),
    _constant("result.points", 38.0, high=100.0, unit="pp/pupil sd", meaning="Percentage points that one pupil standard deviation is worth at the mean.", source="normal density at the mean", grade="derived"),
    _uncertain("stakes.level", 0.3, high=1.0, unit="level", meaning="How much hangs on inspection and tables.", source="Fielding 2005 §5.1, recommendation 3; size assumed", mechanisms=("M38",)),
    whole("programme.originators", 0, low=0, high=5000, role="lever", unit="schools", meaning="Schools asked to share their practice; 0 is no programme.", source="Fielding 2005 §2.23", grade="seed"),
    whole("programme.partners_each", 3, low=1, high=20, role="lever", unit="schools", meaning="Partner schools of each originator.", source="Fielding 2005 §2.24; size assumed"),
    choice("programme.select", "best", ("best", "any", "volunteers", "weakest", "cross_area", "unlike", "value_added"), role="lever", meaning="Who originates: the schools with the best published results, any, those whose heads volunteer, the weakest; any, but working with schools far off, or with unlike ones; those that add most value.", source="Fielding 2005 §2.23, §2.25, §3.43, recommendation 11", grade="seed", mechanisms=("M21",)),
    choice("programme.mode", "free", ("free", "replication", "adaptation", "exchange", "creation"), role="lever", meaning="How the programme's schools work together; free lets them choose.", source="Fielding 2005 App B, recommendations 1 and 6", grade="seed", mechanisms=("M06", "M07", "M08", "M09")),
    flag("programme.imposed", False, role="lever", meaning="Whether schools are told whom to work with.", source="Fielding 2005 §2.31, recommendation 4", grade="seed", mechanisms=("M22",)),
    _constant("programme.need", 1.0, high=5.0, unit="utility/sd", meaning="Preference for partners with weak published results.", source=_A),
    whole("broker.number", 1, low=0, high=20, role="lever", unit="brokers/authority", meaning="Brokers who bring schools together, in each authority.", source="Fielding 2005 §3.4, recommendation 2", grade="seed", mechanisms=("M33",)),
    whole("broker.visits", 3, low=0, high=60, role="lever", unit="visits/half-term", meaning="Schools each broker visits.", source=_A, mechanisms=("M33",)),
    whole("broker.looks", 12, low=1, high=100, role="constant", unit="schools", meaning="Schools a broker thinks of when looking for a match.", source=_A, mechanisms=("M33",)),
    _constant("broker.trust", 0.4, high=1.0, unit="trust", meaning="Trust on a tie a broker makes.", source=_A, mechanisms=("M33",)),
    _constant("broker.familiarity", 0.1, high=1.0, unit="share", meaning="Familiarity on a tie a broker makes.", source=_A, mechanisms=("M33",)),
    whole("setting.schools", 95, low=4, high=30000, role="constant", unit="schools", meaning="Schools of the synthetic authority.", source="English authorities: median 71 primary, 17 secondary, 3 special", grade="published"),
)  # fmt: skip
