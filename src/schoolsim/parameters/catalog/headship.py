"""Heads: who they are, how they lead, when they leave (M30)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    _constant("leadership.tone_mean", 0.55, high=1.0, unit="level", meaning="Mean tone of heads toward learning from others.", source="prototype; size assumed", mechanisms=("M30",)),
    _constant("leadership.sd", 0.2, high=0.5, unit="level", meaning="Spread between heads of tone, protection, communication, distribution of leadership, parochialism and skill in bidding, each.", source="prototype; size assumed", mechanisms=("M24", "M28", "M30")),
    _constant("leadership.protection_mean", 0.5, high=1.0, unit="level", meaning="Mean protection of staff who try and fail.", source="prototype; size assumed", mechanisms=("M30",)),
    _constant("leadership.communication_mean", 0.6, high=1.0, unit="level", meaning="Mean share of news a head passes on.", source="prototype; size assumed", mechanisms=("M24", "M30")),
    _uncertain("leadership.closed", 0.15, high=1.0, unit="share", meaning="Share of heads who keep the gate shut.", label="Heads who keep the gate shut", phrase="the share of heads who keep the gate shut", source="Fielding 2005 §3.31; size assumed", mechanisms=("M30",)),
    _uncertain("leadership.turnover", 0.11, high=0.5, unit="1/year", meaning="Chance that a head leaves.", label="Turnover of heads", phrase="the chance in a year that a head leaves", scale="turnover of heads", source="one in ten schools welcomes a new head in a year (Schools Week); Howson 2002", grade="published", mechanisms=("M30",)),
    real("leadership.turnover_standing", 0.2, low=0.0, high=0.5, role="constant", unit="1/sd", meaning="How much less likely a head is to leave for each standard deviation of published results.", source="Howson 2002: the highest graded schools had most heads long in post; size assumed", mechanisms=("M30",)),
    real("leadership.mellows", 0.1, low=0.0, high=1.0, role="constant", unit="share/year", meaning="Share of what a head's tone lacks that a year of successful joint work makes good.", source="Fielding 2005 §3.31; size assumed", mechanisms=("M30",)),
    _lever("leadership.shielding", 0.0, high=1.0, unit="share", scope="area", meaning="Share of the way to full protection of staff that heads are brought: it is OK to fail.", label="Heads' shielding of staff", phrase="the extent to which heads shield their staff", source="Fielding 2005 §3.31", grade="seed", mechanisms=("M30", "M38")),
    _lever("leadership.specification", 0.0, high=1.0, unit="share", scope="area", meaning="Share of new heads recruited for their will to collaborate, so that they open the gate.", label="New heads chosen to collaborate", phrase="the share of new heads chosen for their will to collaborate", source="Fielding 2005 §3.31: on the person specification of heads", grade="seed", mechanisms=("M30",)),
    _lever("leadership.distribute", 0.0, high=1.0, unit="share", scope="area", meaning="Share of the way to fully distributed leadership that schools are brought.", label="Distribution of leadership", phrase="the distribution of leadership", source="Fielding 2005 §3.31", grade="seed", mechanisms=("M30",)),
    _uncertain("leadership.gate", 1.0, high=1.0, unit="chance", meaning="Chance that a closed head blocks an approach, with leadership not distributed at all.", label="Blocking by closed heads", phrase="the chance that a closed head blocks an approach", source="Fielding 2005 §3.31; size assumed", mechanisms=("M30",)),
    _uncertain("leadership.distributed_gate", 0.5, high=1.0, unit="share", meaning="Share of a closed head's blocking that fully distributed leadership gets round.", label="Ways round a closed head", phrase="the share of blocking that distributed leadership gets round", source="Fielding 2005 §3.31; size assumed", mechanisms=("M30",)),
    _constant("leadership.distributed_reach", 0.5, high=2.0, unit="1", meaning="How much more schools look for partners, and staff take part, for each unit of distribution above the typical.", source="Fielding 2005 §3.31: anyone may take the initiative, structures for participation at all levels; size assumed", mechanisms=("M30",)),
    _uncertain("leadership.parochialism", 1.0, high=5.0, unit="logit", meaning="Readiness to share with others that parochialism takes, for each unit above the typical.", label="Weight of parochialism", phrase="the weight of parochialism", source="Fielding 2005 §3.31: resentful of sharing hard-won gains; size assumed", mechanisms=("M30",)),
    _uncertain("leadership.moves", 0.3, high=1.0, unit="share", meaning="Share of leaving heads who take another headship in the authority.", label="Heads who move within the authority", phrase="the share of leaving heads who take another headship in the authority", source="assumed", mechanisms=("M30",)),
    whole("leadership.carried_ties", 2, low=0, high=8, role="constant", unit="ties", meaning="Schools whose ties a moving head brings along.", source="Fielding 2005 §2.11, §3.31; size assumed", mechanisms=("M14", "M30")),
    _uncertain("leadership.tie_lost", 0.15, high=1.0, unit="share", meaning="Share of a school's familiarity with others, and of their trust beyond rest, lost with its head.", label="Acquaintance lost with a head", phrase="the share of a school's acquaintance that is lost with its head", source="Fielding 2005 §2.11, §3.31; size assumed", mechanisms=("M30",)),
    real("leadership.typical", 0.3, low=0.0, high=1.0, role="constant", unit="level", meaning="Mean distribution of leadership, and mean parochialism, of heads: those for whom the other numbers hold.", source="assumed", mechanisms=("M30",)),
)  # fmt: skip
