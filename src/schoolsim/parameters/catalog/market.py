"""Parents' choice and published results (M36, M37, M40)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, real

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    _uncertain("market.choice_weight", 0.5, high=2.0, unit="weight", meaning="How hard schools compete: weight of results and badges in parents' choice, and of rivalry between schools.", label="Competition between schools", phrase="the weight of results in parents' choice", scale="competition", source="Fielding 2005 §2.12, §2.23; swept", mechanisms=("M36", "M37")),
    _uncertain("market.observed_weight", 0.5, high=2.0, unit="weight", meaning="Choice weight that is taken to lie behind the rolls as the run begins.", label="Past competition behind the rolls", phrase="the competition taken to lie behind today's rolls", source="assumed", mechanisms=("M37",)),
    _constant("market.quality", 0.8, high=5.0, unit="utility/sd", meaning="Weight of a standard deviation of published results with better-off parents at choice weight one half.", source="prototype; size assumed", mechanisms=("M37",)),
    _constant("market.poor_quality", 0.7, high=2.0, unit="1", meaning="The same weight for pupils on free meals, relative to the better off.", source="Burgess et al. on preferences: one third of the gap is preference", grade="published", mechanisms=("M37",)),
    _constant("market.distance", 0.9, high=10.0, unit="utility", meaning="Weight of distance, in units of the phase's reach.", source="prototype; size assumed", mechanisms=("M37",)),
    _constant("market.poor_distance", 1.5, high=5.0, unit="1", meaning="The same weight for pupils on free meals, relative to the better off.", source="prototype; size assumed", mechanisms=("M37",)),
    real("market.seats", 1.05, low=1.0, high=2.0, role="constant", unit="1", meaning="Pupils a school takes, relative to its capacity.", source="prototype; size assumed", mechanisms=("M37",)),
    _uncertain("market.constraint", 2.0, high=10.0, unit="1", meaning="How much likelier a pupil on free meals is to be turned away from a full school, less one.", label="Bias of full schools' admissions", phrase="the bias of full schools against pupils on free school meals", source="two thirds of the gap in chosen quality is constraint (Burgess et al.)", grade="published", mechanisms=("M37",)),
    _lever("market.money_follows", 1.0, high=2.0, unit="weight", meaning="How far money, and so time, follows pupils.", label="Money that follows pupils", phrase="the extent to which money follows pupils", source="Fielding 2005 §2.12", grade="seed", mechanisms=("M37",)),
    _constant("result.mean", 52.9, high=100.0, unit="pp", meaning="Mean published result: five or more good GCSEs, 2003.", source="Hansard 19 Feb 2007", grade="published"),
    _constant("result.sd", 18.4, high=50.0, unit="pp", meaning="Spread of published results between schools.", source="derived from schools below 20%, 2003", grade="derived"),
    _constant("result.noise", 0.124, high=1.0, unit="pupil sd", meaning="Year-to-year noise of a school's published result.", source="TES 1997: noise of 4.7 pp, at the 38 pp a pupil sd of `result.points`", grade="derived", mechanisms=("M40",)),
    _uncertain("school.climate_sd", 0.36, high=1.0, unit="pupil sd", meaning="Spread between schools of what they add beside their teachers' practice, which lasts.", label="Lasting differences between schools", phrase="the spread of what schools add that lasts", source="Progress 8 2018/19: true sd of .46 grades, a pupil sd of 1.28 grades", grade="derived"),
    real("school.climate_kept", 0.89, low=0.0, high=1.0, role="uncertainty", unit="share/year", meaning="Share of it kept from year to year, what belongs to the place counted in.", label="Lasting of differences between schools", phrase="the share of differences between schools that lasts a year", source="Progress 8: persistence .80 to .86 over a reliability of .94", grade="derived"),
    real("school.climate_area", 0.35, low=0.0, high=0.7, role="uncertainty", unit="share", meaning="Share of the variance of lasting differences that belongs to a school's place, is much the same in neighbouring schools, and stays whoever leads.", label="Likeness of neighbours in what they add", phrase="the share of lasting differences that belongs to the place", source="Progress 8 beyond free meals, schools 0 to 60 km apart: .37 at no distance (mean of 2017 to 2019), .32 (2019)", grade="derived"),
    real("school.climate_reach", 14.0, low=1.0, high=100.0, role="constant", unit="km", meaning="Distance over which that likeness falls to 1/e.", source="Progress 8 beyond free meals: 14 km (mean of 2017 to 2019), 13 km (2019)", grade="derived"),
    real("school.climate_lent", 0.1, low=0.0, high=1.0, role="uncertainty", unit="share/year", meaning="Share of what supporting schools are ahead in climate that a school they support takes on in a year.", label="Climate lent by supporting schools", phrase="the climate that supporting schools lend", source="Ainscow in the TES: successful schools supported one that struggled; size assumed", mechanisms=("M30", "M34")),
    real("school.climate_heads", 0.5, low=0.0, high=1.0, role="constant", unit="share", meaning="Share of what is kept, and is the school's own, that is lost with a new head.", source="Fielding 2005 §3.31; size assumed", mechanisms=("M30",)),
    _constant("result.poor", 1.3, high=5.0, unit="pupil sd", meaning="Loss in published result from no pupil to every pupil on free meals.", source="Progress 8 2018/19 of 3,068 schools: 1.66 grades less from no pupil to every pupil on free meals, a pupil sd of 1.28 grades (its confidence intervals)", grade="derived"),
    real("result.memory", 3.0, low=1.0, high=10.0, role="constant", unit="years", meaning="Years over which a change in teaching comes to show in results.", source="prototype; size assumed", mechanisms=("M40",)),
    _constant("result.points", 38.0, high=100.0, unit="pp/pupil sd", meaning="Percentage points that one pupil standard deviation is worth at the mean.", source="normal density at the mean", grade="derived"),
)  # fmt: skip
