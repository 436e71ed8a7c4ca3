"""Confidence, badges and status, roles and values (M18-M22)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, choice, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    _constant("confidence.mean", 0.45, high=1.0, unit="confidence", meaning="Mean confidence that one has something to share.", source="prototype; size assumed", mechanisms=("M18",)),
    _constant("confidence.success", 0.15, high=1.0, unit="1", meaning="Confidence gained with mastery.", source="prototype; size assumed", mechanisms=("M18",)),
    _constant("confidence.receiver", 0.015, high=0.5, unit="1/half-term", meaning="Confidence lost by those only ever helped.", source="Fielding 2005 §2.22-2.24; size assumed", mechanisms=("M18",)),
    _constant("confidence.failure", 0.009, high=0.5, unit="1/half-term", meaning="Confidence lost without success.", source="prototype; size assumed", mechanisms=("M18",)),
    _constant("confidence.settle", 0.03, high=0.5, unit="1/half-term", meaning="Speed at which confidence returns to its resting level.", source="prototype; size assumed", mechanisms=("M18",)),
    _constant("offer.slope", 6.0, high=20.0, unit="logit", meaning="How sharply readiness to offer rises with confidence.", source="prototype; size assumed", mechanisms=("M18",)),
    real("offer.years", 3.0, low=0.0, high=10.0, role="constant", unit="years", meaning="Years of use after which a teacher is wholly ready to show a practice to another school.", source="Fielding 2005 §2.41: two worked on it 'for three years, until they felt confident enough', another 'for three or four'", grade="seed", mechanisms=("M18",)),
    _constant("offer.level", 0.45, high=1.0, unit="confidence", meaning="Confidence at which half are ready to offer.", source="prototype; size assumed", mechanisms=("M18",)),
    choice(
        "badging.scope", "none",
        {
            "none": "no badge",
            "individual": "a badge on the originating school alone",
            "collective": "a badge on the whole partnership",
        },
        role="lever", scope="programme", label="Who carries the badge", phrase="the scope of the badge",
        meaning="Who carries the badge: nobody, the originating schools, or every school of the partnership.",
        source="Fielding 2005 §2.23-2.25, recommendation 8", grade="seed", mechanisms=("M19",),
    ),
    _uncertain("badging.gap", 0.4, high=1.0, unit="status", meaning="Status gap a badge opens to a school without one.", label="Status gap opened by a badge", phrase="the status gap that a badge opens", source="Fielding 2005 §2.23; size assumed", mechanisms=("M19",)),
    _constant("badging.standing_gap", 0.10, high=1.0, unit="status/sd", meaning="Status gap a standard deviation of published results opens.", source="Fielding 2005 §2.23; size assumed", mechanisms=("M18",)),
    _constant("badging.visibility", 0.15, high=1.0, unit="mastery", meaning="How much better a badge makes an unknown school seem.", source="prototype; size assumed", mechanisms=("M19",)),
    _constant("badging.offers", 0.1, high=1.0, unit="confidence", meaning="How much a badge counts, as confidence, when asked to share.", source="prototype; size assumed", mechanisms=("M19",)),
    _constant("badging.confidence", 0.05, high=0.5, unit="confidence", meaning="Confidence a badge gives the staff who carry it.", source="Fielding 2005 §2.21; size assumed", mechanisms=("M19",)),
    _constant("badging.parents", 0.3, high=3.0, unit="utility", meaning="Weight of a badge with parents, relative to a standard deviation of results.", source="Fielding 2005 §2.23; size assumed", mechanisms=("M19", "M37")),
    real("badging.staff", 0.1, low=0.0, high=0.5, role="constant", unit="1", meaning="How much a badge keeps and attracts teachers: they leave or move away the less likely, fewer recruits are newly trained, and as often the school has its choice of two movers.", source="Fielding 2005 §2.24: 'capacity to attract and retain good staff'; size assumed", mechanisms=("M19",)),
    _lever("badging.share", 1.0, high=1.0, unit="share", scope="programme", meaning="Share of the schools in the badge's scope that carry it.", label="Schools in scope that carry a badge", phrase="the share of schools in scope that carry the badge", source="Fielding 2005 §2.23, recommendation 8", grade="seed", mechanisms=("M19",)),
    whole("badging.begins", 0, low=0, high=30, role="lever", unit="years", scope="programme", meaning="Year of the programme in which the badge is given.", label="Year in which the badge is given", phrase="the year in which the badge is given", source="Fielding 2005 recommendation 8", grade="seed", mechanisms=("M19",)),
    whole("badging.years", 30, low=0, high=30, role="lever", unit="years", scope="programme", meaning="Years after which the badge is withdrawn.", label="Years until the badge is withdrawn", phrase="the number of years until the badge is withdrawn", source="Fielding 2005 recommendation 8", grade="seed", mechanisms=("M19",)),
    _uncertain("roles.history", 0.5, high=1.0, unit="weight", meaning="How far a school's past as giver or receiver tells in what being helped does to confidence.", label="Weight of past roles", phrase="the weight of a school's past as giver or receiver", source="Fielding 2005 §2.22, §2.24; size assumed", mechanisms=("M21",)),
    real("openness.ease", 0.5, low=0.0, high=1.0, role="constant", unit="share", meaning="Share of getting acquainted that is lost between wholly closed people of wholly unlike schools.", source="West Sussex project; Fielding 2005 §2.26; size assumed", mechanisms=("M16",)),
    real("openness.gain", 0.1, low=0.0, high=1.0, role="constant", unit="share", meaning="Share of missing openness gained by a half-term's full success with a wholly unlike school, or by a visit to one.", source="West Sussex project: openness grows by visits; size assumed", mechanisms=("M16",)),
    _uncertain("values.drift_home", 0.0, high=1.0, unit="share/half-term", meaning="How far a teacher's values move to the mean of the own staff's.", label="Drift of values to the own staff", phrase="the drift of a teacher's values to those of the own staff", source="DeGroot 1974; Fielding 2005 App A on values; off unless asked for", mechanisms=("M22",)),
    _uncertain("values.drift_friends", 0.0, high=1.0, unit="share/half-term", meaning="How far a teacher's values move to the mean, weighted by trust, of friends' in other schools.", label="Drift of values to friends", phrase="the drift of a teacher's values to those of friends in other schools", source="DeGroot 1974; off unless asked for", mechanisms=("M14", "M22")),
    _uncertain("values.anchor", 0.0, high=1.0, unit="share", meaning="How firmly teachers hold to the values they came with while values drift.", label="Firmness of teachers' values", phrase="the firmness of teachers' values", source="Friedkin & Johnsen 1990; assumed", mechanisms=("M22",)),
    _lever("outreach.diffident", 0.0, high=1.0, unit="share", scope="area", meaning="How far what is offered reaches the diffident as it does the enterprising.", label="Outreach to the diffident", phrase="outreach to the diffident", source="Fielding 2005 recommendation 7", grade="seed", mechanisms=("M20",)),
)  # fmt: skip
