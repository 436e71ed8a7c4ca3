"""Accountability, money, heads, churn, evaluation, accreditation, and the setting (M28-M30, M38-M41)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, choice, flag, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)
_A = "assumed"
_F = "Fielding 2005 {}; size assumed"
_CENSUS = "school census January 2019"

_STAKES = (
    real("stakes.effort", 0.1, low=-1.0, high=1.0, role="uncertainty", unit="pupil sd", meaning="What full pressure adds to teaching at once, in a school two standard deviations below the mean or more of that; nothing in one a standard deviation above it.", source="Burgess, Wilson & Worth 2013: tables gone cost Wales .09 pupil sd, none in the top quarter, which is about 1 here; Fielding 2005 §5.1 sees no gain; sign to be swept", grade="derived", mechanisms=("M38",)),
    _uncertain("stakes.exposure", 0.3, high=1.0, unit="1/sd", meaning="How much more pressure a school feels for each standard deviation its results lie below the mean.", source=_F.format("§2.31, §5.1"), mechanisms=("M38",)),
    real("stakes.narrowing", 0.5, low=-2.0, high=2.0, role="uncertainty", unit="weight", meaning="How far felt stakes turn schools and teachers from practices few hold; negative: toward them.", source="Fielding 2005 §4.4 ('safe' practices), §5.1 (no risks); sign to be swept", mechanisms=("M38",)),
    flag("tables.published", True, role="lever", meaning="Whether results are published in tables.", source="Fielding 2005 §2.23, recommendation 3", grade="seed", mechanisms=("M37", "M38")),
    _uncertain("tables.reputation", 0.8, high=1.0, unit="share", meaning="Share of a school's standing that parents and other schools know without tables.", source="Burgess, Wilson & Worth 2013: no effect on sorting when Wales gave tables up", grade="derived", mechanisms=("M37",)),
    _constant("tables.stakes", 0.5, high=1.0, unit="share", meaning="Share of the stakes that hangs on published tables.", source=_A, mechanisms=("M38",)),
    whole("inspection.years", 0, low=0, high=12, role="lever", unit="years", meaning="Years between a school's inspections; 0 is no inspection, and its stakes are the same in every year.", source="Fielding 2005 §4.4; about six years in 2003", grade="memory", mechanisms=("M38",)),
    whole("inspection.runup", 3, low=0, high=12, role="constant", unit="half-terms", meaning="Half-terms before an inspection in which a school gets ready.", source=_A, mechanisms=("M38",)),
    _uncertain("inspection.hours", 0.3, high=1.0, unit="share", meaning="Share of the hours for work with other schools that getting ready takes.", source=_A, mechanisms=("M38",)),
    _uncertain("inspection.fear", 0.5, high=5.0, unit="1", meaning="How much higher the stakes are while getting ready.", source=_F.format("§4.4"), mechanisms=("M38",)),
    _uncertain("inspection.failure", 1.0, high=5.0, unit="1", meaning="How much higher the stakes are after failing an inspection, until the next.", source=_F.format("§2.31"), mechanisms=("M38",)),
    _constant("inspection.noise", 0.5, high=3.0, unit="sd", meaning="Noise of an inspector's judgement, in standard deviations of results.", source=_A, mechanisms=("M38",)),
    _constant("inspection.stigma", 0.5, high=3.0, unit="sd", meaning="What failing takes from a school's standing with parents and other schools.", source=_A, mechanisms=("M38",)),
)  # fmt: skip

_MONEY = (
    _lever("funding.total", 0.0, high=50e6, unit="pounds/year", meaning="Grant to the programme as a whole, split evenly over its partnerships; 0 leaves it to funding.per_partnership.", source="Fielding 2005 §3.23", grade="seed", mechanisms=("M27",)),
    choice("funding.covers", "all", ("all", "originators", "networks"), role="lever", meaning="Whose partnerships the grant is for, where originators with partners and networks run side by side.", source="Fielding 2005 §3.23", grade="seed", mechanisms=("M27",)),
    whole("funding.taper", 0, low=0, high=10, role="lever", unit="years", meaning="Years after the full grant over which it is run down to nothing.", source="Fielding 2005 §3.13, recommendation 18", grade="seed", mechanisms=("M27", "M29")),
    _uncertain("funding.claim_base", 0.2, high=1.0, unit="chance", meaning="Chance that schools whose heads pass nothing on claim what a central fund holds for them.", source=_F.format("§3.23"), mechanisms=("M27",)),
    _constant("funding.claim_slope", 0.8, high=1.0, unit="chance", meaning="How much likelier a claim is where heads pass everything on.", source=_F.format("§3.23"), mechanisms=("M27",)),
    _lever("bid.won", 0.5, high=1.0, unit="share", meaning="Share of bids that win; the winners share the whole fund.", source=_F.format("§3.32"), mechanisms=("M28",)),
    _uncertain("bid.skill", 1.0, high=5.0, unit="weight", meaning="Weight of the bidder's skill in winning; need has none.", source="Fielding 2005 §3.32: a skill you possess or do not", grade="seed", mechanisms=("M28",)),
    _constant("bid.noise", 0.15, high=2.0, unit="1", meaning="Luck in winning, on the scale of skill.", source=_A, mechanisms=("M28",)),
    _uncertain("bid.hours", 30.0, high=500.0, unit="hours", meaning="Leaders' hours in a bid by a head of middling skill; an unskilled one takes half as long again, a skilled one half.", source=_F.format("§3.32: days of agony"), mechanisms=("M28",)),
    _uncertain("bid.drift", 0.4, high=1.0, unit="chance", meaning="Chance that a partnership that wins takes the fund's theme for its focus in place of its own.", source=_F.format("§3.23, §5.5 fund chasing"), mechanisms=("M28",)),
    _constant("bid.skill_sd", 0.25, high=1.0, unit="level", meaning="Spread of bidding skill between heads; the mean is one half.", source=_A, mechanisms=("M28", "M30")),
)  # fmt: skip

_HORIZON = (
    _uncertain("horizon.courtship", 6.0, high=18.0, unit="half-terms", meaning="How long strangers take to get together; schools that know and trust each other take less.", source="Fielding 2005 §3.13: it takes you a year to get together", grade="seed", mechanisms=("M29",)),
    _constant("horizon.planning", 2.0, high=18.0, unit="half-terms", meaning="Half-terms of planning after that.", source=_A, mechanisms=("M29",)),
    _constant("horizon.early", 4.0, high=18.0, unit="half-terms", meaning="Half-terms of early use, before work is settled.", source="Fielding 2005 §3.13: then a year to make progress", grade="seed", mechanisms=("M29",)),
    _uncertain("horizon.courtship_pace", 0.7, high=2.0, unit="1", meaning="Learning an hour while getting together, relative to early use.", source=_F.format("§3.13"), mechanisms=("M29",)),
    _constant("horizon.planning_pace", 0.9, high=2.0, unit="1", meaning="Learning an hour while planning, relative to early use.", source=_F.format("§3.13"), mechanisms=("M29",)),
    _constant("horizon.settled_pace", 1.3, high=3.0, unit="1", meaning="Learning an hour in settled work, relative to early use.", source=_F.format("§3.13"), mechanisms=("M29",)),
    _constant("horizon.courtship_familiarity", 1.3, high=5.0, unit="1", meaning="Shared tacit ground gained an hour while getting together, relative to later.", source=_F.format("§3.13, §4.3 courtship"), mechanisms=("M29",)),
    _uncertain("horizon.anticipation", 0.5, high=5.0, unit="logit", meaning="Engagement lost while all of the money is to stop within a year.", source=_F.format("§3.13, §3.23"), mechanisms=("M29",)),
)  # fmt: skip

_HEADS = (
    _lever("leadership.shielding", 0.0, high=1.0, unit="share", meaning="Share of the way to full protection of staff that heads are brought: it is OK to fail.", source="Fielding 2005 §3.31", grade="seed", mechanisms=("M30", "M38")),
    _lever("leadership.specification", 0.0, high=1.0, unit="share", meaning="Share of new heads recruited for their will to collaborate, so that they open the gate.", source="Fielding 2005 §3.31: on the person specification of heads", grade="seed", mechanisms=("M30",)),
    _lever("leadership.distribute", 0.0, high=1.0, unit="share", meaning="Share of the way to fully distributed leadership that schools are brought.", source="Fielding 2005 §3.31", grade="seed", mechanisms=("M30",)),
    _constant("leadership.distributed_mean", 0.3, high=1.0, unit="level", meaning="Mean distribution of leadership.", source=_A, mechanisms=("M30",)),
    _constant("leadership.distributed_sd", 0.2, high=0.5, unit="level", meaning="Spread of distribution between heads.", source=_A, mechanisms=("M30",)),
    _uncertain("leadership.gate", 1.0, high=1.0, unit="chance", meaning="Chance that a closed head blocks an approach, with leadership not distributed at all.", source=_F.format("§3.31"), mechanisms=("M30",)),
    _uncertain("leadership.distributed_gate", 0.5, high=1.0, unit="share", meaning="Share of a closed head's blocking that fully distributed leadership gets round.", source=_F.format("§3.31"), mechanisms=("M30",)),
    _constant("leadership.distributed_seeking", 0.5, high=2.0, unit="1", meaning="How much more schools look for partners for each unit of distribution above the typical 0.3.", source=_F.format("§3.31: anyone may take the initiative"), mechanisms=("M30",)),
    _constant("leadership.distributed_pairs", 0.5, high=2.0, unit="1", meaning="How much more staff take part for each unit of distribution above the typical 0.3.", source=_F.format("§3.31: structures for participation at all levels"), mechanisms=("M30",)),
    _constant("leadership.parochial_mean", 0.3, high=1.0, unit="level", meaning="Mean parochialism of heads.", source=_A, mechanisms=("M30",)),
    _constant("leadership.parochial_sd", 0.2, high=0.5, unit="level", meaning="Spread of parochialism between heads.", source=_A, mechanisms=("M30",)),
    _uncertain("leadership.parochialism", 1.0, high=5.0, unit="logit", meaning="Readiness to share with others that parochialism takes, for each unit above the typical 0.3.", source=_F.format("§3.31: resentful of sharing hard-won gains"), mechanisms=("M30",)),
    _uncertain("leadership.moves", 0.3, high=1.0, unit="share", meaning="Share of leaving heads who take another headship in the authority.", source=_A, mechanisms=("M30",)),
    whole("leadership.carried_ties", 2, low=0, high=8, role="constant", unit="ties", meaning="Schools whose ties a moving head brings along.", source=_F.format("§2.11, §3.31"), mechanisms=("M14", "M30")),
    _constant("leadership.tie_kept", 0.7, high=1.0, unit="share", meaning="Share of trust and familiarity a moving head brings along.", source=_A, mechanisms=("M30",)),
    _uncertain("leadership.tie_lost", 0.15, high=1.0, unit="share", meaning="Share of a school's familiarity with others, and of their trust beyond rest, lost with its head.", source=_F.format("§2.11, §3.31"), mechanisms=("M30",)),
    _constant("leadership.arrival_tie", 0.3, high=1.0, unit="chance", meaning="Chance that a head from elsewhere knows a school of the authority.", source=_A, mechanisms=("M14", "M30")),
)  # fmt: skip

_COURSE = (
    _uncertain("policy.churn", 0.0, high=20.0, unit="years", meaning="Mean years between resets of programmes by a change of policy; 0 is never.", source="Fielding 2005 §5.5 the amnesia of the present, recommendation 19", grade="seed", mechanisms=("M39",)),
    _lever("policy.continuity", 0.0, high=1.0, unit="share", meaning="Share of resets that past schemes survive, and of what the others would lose that is kept.", source="Fielding 2005 recommendation 19", grade="seed", mechanisms=("M39",)),
    _uncertain("policy.strain", 0.25, high=1.0, unit="share", meaning="Share of trust lost between schools whose scheme is closed.", source=_F.format("§3.23: anger and betrayal"), mechanisms=("M39",)),
    _uncertain("policy.forgotten", 0.2, high=1.0, unit="share", meaning="Share of transfer skill and of brokers' knowledge lost with a scheme.", source=_F.format("§5.5"), mechanisms=("M39",)),
    whole("programme.patience", 0, low=0, high=36, role="lever", unit="half-terms", meaning="Half-terms a programme gives its partnerships before they are judged or may end, if more than end.settled.", source="Fielding 2005 recommendation 4", grade="seed", mechanisms=("M11", "M40")),
    _lever("badging.share", 1.0, high=1.0, unit="share", meaning="Share of the schools in the badge's scope that carry it.", source="Fielding 2005 §2.23, recommendation 8", grade="seed", mechanisms=("M19",)),
    whole("badging.begins", 0, low=0, high=30, role="lever", unit="years", meaning="Year of the programme in which the badge is given.", source="Fielding 2005 recommendation 8", grade="seed", mechanisms=("M19",)),
    whole("badging.years", 30, low=0, high=30, role="lever", unit="years", meaning="Years after which the badge is withdrawn.", source="Fielding 2005 recommendation 8", grade="seed", mechanisms=("M19",)),
    _lever("market.money_follows", 1.0, high=2.0, unit="weight", meaning="How far money, and so time, follows pupils.", source="Fielding 2005 §2.12", grade="seed", mechanisms=("M37",)),
)  # fmt: skip

_KNOWING = (
    choice("evaluation.kind", "none", ("none", "formal", "informal"), role="lever", meaning="How the programme's partnerships are judged: not at all, by value added on paper, or by talk of what is seen in class.", source="Fielding 2005 §4.2-4.3", grade="seed", mechanisms=("M40",)),
    _constant("evaluation.hours", 12.0, high=200.0, unit="hours/year", meaning="Hours a formal evaluation takes of each of the two schools.", source=_F.format("§4.3"), mechanisms=("M40",)),
    _constant("evaluation.pounds", 500.0, high=20000.0, unit="pounds/year", meaning="Cost of a formal evaluation, out of the partnership's grant as far as it goes.", source=_A, mechanisms=("M40",)),
    real("evaluation.bar", 0.0, low=-0.5, high=0.5, role="constant", unit="pupil sd", meaning="Rise in measured value added below which a partnership is judged to have failed.", source=_A, mechanisms=("M40",)),
    _uncertain("evaluation.stops", 0.5, high=1.0, unit="chance", meaning="Chance that a partnership judged to have failed is stopped.", source=_A, mechanisms=("M40",)),
    _constant("evaluation.talk", 1.0, high=20.0, unit="hours/half-term", meaning="Hours informal evaluation takes of each of the two schools.", source=_F.format("§4.3: over a cup of tea"), mechanisms=("M40",)),
    _constant("evaluation.noticed", 0.01, high=0.5, unit="mastery", meaning="Gain in a half-term below which talk turns a partnership to another focus.", source=_F.format("§4.3: small decisions"), mechanisms=("M40",)),
    _constant("evaluation.glance", 0.01, high=0.5, unit="mastery", meaning="Noise of what is seen in class.", source=_A, mechanisms=("M40",)),
    _lever("accreditation.rate", 0.0, high=1.0, unit="1/year", meaning="Chance in a year that a school without an award applies for one for the practice it is proudest of; 0 is no scheme.", source="Fielding 2005 §4.4 Leading Aspect", grade="seed", mechanisms=("M41",)),
    _lever("accreditation.pounds", 500.0, high=20000.0, unit="pounds", meaning="Price of an award, which the school pays.", source="Fielding 2005 §4.4", grade="seed", mechanisms=("M41",)),
    _constant("accreditation.hours", 20.0, high=500.0, unit="hours", meaning="A school's hours in an application.", source=_A, mechanisms=("M41",)),
    _constant("accreditation.review", 0.03, high=0.5, unit="share", meaning="Share of the way to full ownership and confidence that self-review brings those who hold the practice.", source=_F.format("§4.4"), mechanisms=("M41",)),
    _uncertain("accreditation.tied", 0.1, high=1.0, unit="chance/half-term", meaning="Chance that a school in need asks an awarded school that it knows and trusts fully.", source=_F.format("§4.4: only with a school with which it had personal links"), mechanisms=("M14", "M41")),
    _uncertain("accreditation.cold", 0.0002, high=0.1, unit="chance/half-term", meaning="Chance that a school in need asks an awarded school it does not know, out of a list.", source=_F.format("§4.4: many had no interest at all"), mechanisms=("M41",)),
    _lever("accreditation.fund", 0.0, high=50000.0, unit="pounds/year", meaning="Money an awarded school has for sharing what was accredited, spent on telling others.", source="Fielding 2005 §4.4: unlike Beacon there was none", grade="seed", mechanisms=("M41",)),
    _constant("accreditation.reach", 0.02, high=1.0, unit="1/pound", meaning="How much likelier strangers are to ask, for each pound a year spent on telling them.", source=_A, mechanisms=("M41",)),
)  # fmt: skip

_SETTING = (
    _uncertain("setting.secondary_share", 0.163, high=1.0, unit="share", meaning="Secondary schools, of a synthetic authority's schools.", source=_CENSUS, grade="published"),
    _uncertain("setting.special_share", 0.047, high=1.0, unit="share", meaning="Special schools, of a synthetic authority's schools.", source=_CENSUS, grade="published"),
    real("setting.density", 0.163, low=0.01, high=20.0, role="uncertainty", unit="schools/km2", meaning="Schools a square kilometre.", source=_CENSUS, grade="published", mechanisms=("M15", "M36")),
    _uncertain("setting.town_share", 0.7, high=1.0, unit="share", meaning="Share of primary schools that crowd into towns.", source="GIAS coordinates, January 2019", grade="derived"),
    real("setting.primary_roll", 282.0, low=30.0, high=1500.0, role="uncertainty", unit="pupils", meaning="Mean roll of primary schools.", source=_CENSUS, grade="published"),
    real("setting.secondary_roll", 973.0, low=200.0, high=3000.0, role="uncertainty", unit="pupils", meaning="Mean roll of secondary schools.", source=_CENSUS, grade="published"),
    _uncertain("setting.roll_spread", 1.0, high=2.0, unit="1", meaning="Spread of rolls within a phase, relative to England's.", source=_CENSUS, grade="published"),
    real("setting.disadvantage", 0.15, low=0.01, high=0.6, role="uncertainty", unit="share", meaning="Mean share of pupils on free school meals.", source=_CENSUS, grade="published"),
    _uncertain("setting.segregation", 0.099, high=0.5, unit="share", meaning="Share of the variance of being on free school meals that lies between schools.", source=_CENSUS, grade="published", mechanisms=("M37",)),
    _uncertain("setting.clustering", 0.85, high=1.0, unit="share", meaning="How far likeness between schools is a matter of place.", source=_CENSUS, grade="published"),
)  # fmt: skip

PARAMETERS: tuple[Parameter, ...] = (
    *_STAKES, *_MONEY, *_HORIZON, *_HEADS, *_COURSE, *_KNOWING, *_SETTING,
)  # fmt: skip
