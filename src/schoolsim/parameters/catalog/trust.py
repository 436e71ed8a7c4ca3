"""Ties between schools: trust, familiarity, rivalry, quarrels (M12, M13, M14, M16, M17, M36)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, real

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    _uncertain("trust.change", 1.0, high=2.0, unit="weight", meaning="Weight of everything that moves trust.", label="Strength of changes in trust", phrase="the weight of everything that moves trust", source="Fielding 2005 §2.12", grade="seed", mechanisms=("M12",)),
    _constant("trust.success", 0.085, high=0.5, unit="1/half-term", meaning="Trust gained by shared success.", source="prototype; size assumed", mechanisms=("M12",)),
    _constant("trust.contact", 0.03, high=0.5, unit="1/half-term", meaning="Trust gained by working together at all.", source="prototype; size assumed", mechanisms=("M12",)),
    _constant("trust.purse", 0.06, high=0.5, unit="1/half-term", meaning="Partner's trust gained by money shared with it, or lost when the originator alone holds the purse.", source="Fielding 2005 §2.11 gestures of goodwill, §3.23; size assumed", mechanisms=("M12", "M27")),
    _constant("trust.failure", 0.04, high=0.5, unit="1/half-term", meaning="Trust lost without success; and by a partner, as much again, when the contact is imposed.", source="prototype; size assumed", mechanisms=("M12", "M22")),
    _uncertain("trust.rivalry", 0.05, high=0.5, unit="1/half-term", meaning="Trust lost, each side, to full rivalry.", label="Trust lost to rivalry", phrase="the trust lost to rivalry", source="Fielding 2005 §2.12; Rawlings & Loeb find none", mechanisms=("M36",)),
    _constant("trust.one_way", 0.05, high=0.5, unit="1/half-term", meaning="Giver's trust lost over a full unreturned balance.", source="prototype; size assumed", mechanisms=("M17",)),
    real("trust.balance_scale", 60.0, low=1.0, high=1000.0, role="constant", unit="hours", meaning="Unreturned hours that count as a full balance.", source="prototype; size assumed", mechanisms=("M17",)),
    _uncertain("trust.poaching", 0.03, high=0.5, unit="chance/half-term", meaning="Chance that a partner uses and does not credit, doubled and more between rivals.", label="Chance of poaching", phrase="the chance in a half-term that a partner poaches practice", source="Fielding 2005 §2.12; size assumed", mechanisms=("M12",)),
    _constant("trust.spreads", 0.3, high=1.0, unit="share", meaning="Share of the difference by which what two schools are to each other follows, in a half-term, what those who work together are.", source="Fielding 2005 §2.11, §3.33: trust is between people; size assumed", mechanisms=("M12", "M14")),
    _constant("trust.settle", 0.02, high=0.5, unit="1/half-term", meaning="Speed at which an unused tie's trust settles.", source="prototype; size assumed", mechanisms=("M12",)),
    _constant("trust.rest", 0.25, high=1.0, unit="trust", meaning="Level at which unused trust settles, on average; and at which half of what distrust can do to a partnership is done.", source="prototype; size assumed", mechanisms=("M12",)),
    _constant("trust.rest_sd", 0.10, high=0.5, unit="trust", meaning="Spread of that level between ties.", source="prototype; size assumed", mechanisms=("M12",)),
    _constant("trust.meeting", 0.15, high=1.0, unit="chance/half-term", meaning="Chance that two heads who trust each other fully by half meet, without joint work.", source="prototype; size assumed", mechanisms=("M14",)),
    _constant("trust.meeting_gain", 0.05, high=0.5, unit="1", meaning="Trust gained when they meet.", source="prototype; size assumed", mechanisms=("M12",)),
    _constant("trust.meeting_familiarity", 0.05, high=0.5, unit="1", meaning="Share of missing familiarity that a meeting brings: of heads, of a network, at a gathering, or over a call.", source="prototype; size assumed", mechanisms=("M14", "M33", "M34")),
    _constant("trust.degree", 8.0, high=100.0, unit="ties", meaning="Ties a head keeps up before meetings thin out.", source="prototype; size assumed", mechanisms=("M12",)),
    _constant("trust.stranger", 0.2, high=1.0, unit="trust", meaning="Trust between strangers; and what is left of trust in those who used practice without credit.", source="prototype; size assumed", mechanisms=("M12", "M14")),
    real("trust.familiarity_hours", 80.0, low=1.0, high=1000.0, role="constant", unit="hours", meaning="Joint hours a pair that make two thirds of full familiarity in replication.", source="prototype; size assumed", mechanisms=("M13",)),
    _constant("trust.familiarity_kept", 0.97, high=1.0, unit="share", meaning="Familiarity kept over an idle half-term; and share of what a broker knows of a school that is not yet out of date.", source="prototype; size assumed", mechanisms=("M12",)),
    real("trust.stranger_worth", 0.3, low=0.0, high=1.0, role="constant", unit="level", meaning="What trust counts on a tie without familiarity, relative to a familiar one.", source="prototype", mechanisms=("M14",)),
    real("trust.full_hours", 12.0, low=1.0, high=100.0, role="constant", unit="hours", meaning="Hours a pair that count as a full half-term's work.", source="prototype; the demand of ordinary work is about this", mechanisms=("M12",)),
    real("trust.success_gain", 30.0, low=0.0, high=200.0, role="constant", unit="logit/mastery", meaning="How much a gain of mastery makes work felt as a success, and want of it ends partnerships.", source="prototype", mechanisms=("M11", "M12")),
    real("trust.success_level", 0.02, low=0.0, high=0.5, role="constant", unit="mastery", meaning="Gain in a half-term at which work is felt as neither success nor failure, and half of what want of progress can do to a partnership is done; below it talk of what is seen in class turns it to another focus.", source="prototype", mechanisms=("M11", "M12", "M40")),
    _uncertain("ties.nearby", 0.35, high=1.0, unit="chance", meaning="Chance that two neighbouring schools have a tie as the run begins.", label="Ties between neighbouring schools", phrase="the chance that neighbouring schools have a tie at first", source="prototype; size assumed", mechanisms=("M14",)),
    _constant("ties.reach", 3.0, high=50.0, unit="miles", meaning="Distance over which that chance falls to a third.", source="prototype; size assumed", mechanisms=("M14", "M15")),
    real("ties.elsewhere", 1.9, low=0.0, high=20.0, role="constant", unit="ties", meaning="Ties a school has anywhere in its authority as the run begins, whatever the distance and the authority's size.", source="assumed", mechanisms=("M14",)),
    _uncertain("ties.trust", 0.45, high=1.0, unit="trust", meaning="Mean trust on the first ties.", label="Trust on first ties", phrase="the mean trust on first ties", scale="initial trust", source="prototype; size assumed", mechanisms=("M12",)),
    _constant("ties.sd", 0.15, high=0.5, unit="trust", meaning="Spread of trust, and of familiarity, between first ties, of schools and of teachers.", source="prototype; size assumed", mechanisms=("M12", "M14")),
    _constant("ties.familiarity", 0.25, high=1.0, unit="share", meaning="Mean familiarity on the first ties.", source="prototype; size assumed", mechanisms=("M14",)),
    _constant("ties.teachers", 0.4, high=1.0, unit="share", meaning="Share of teachers with a friend in another school as the run begins.", source="prototype; size assumed", mechanisms=("M14",)),
    _constant("ties.dropped", 0.08, high=1.0, unit="share", meaning="Familiarity below which a tie is lost, of schools or of teachers.", source="prototype; size assumed", mechanisms=("M12",)),
    real("ties.rival_trust", 0.2, low=0.0, high=1.0, role="constant", unit="trust", meaning="How much colder rivals start.", source="prototype", mechanisms=("M36",)),
    real("ties.teachers_trust", 0.5, low=0.0, high=1.0, role="constant", unit="trust", meaning="Trust between friends in different schools: mean as the run begins, and of those who become friends at a meeting or as one of them moves.", source="prototype", mechanisms=("M14",)),
    real("ties.teachers_familiarity", 0.4, low=0.0, high=1.0, role="constant", unit="level", meaning="Familiarity between them, in the same way.", source="prototype", mechanisms=("M14",)),
    _uncertain("rivalry.slope", 1.0, high=2.0, unit="weight", meaning="How far competition for pupils makes rivals of near schools of one phase.", label="Rivalry made by competition", phrase="the rivalry that competition makes of near schools", source="Fielding 2005 §2.12, Armstrong & Ainscow 2018; Rawlings & Loeb find none, so 0 is swept", mechanisms=("M36",)),
    real("rivalry.reach_primary", 1.5, low=0.1, high=50.0, role="constant", unit="miles", meaning="Distance over which rivalry falls to a third, primary schools.", source="journeys to school, England 1992-2000", grade="memory", mechanisms=("M36",)),
    real("rivalry.reach_secondary", 3.0, low=0.1, high=50.0, role="constant", unit="miles", meaning="Distance over which rivalry falls to a third, secondary schools.", source="journeys to school, England 1992-2000", grade="memory", mechanisms=("M36",)),
    _uncertain("hostility.start", 0.02, high=1.0, unit="chance", meaning="Chance that two full rivals are hostile as the run begins.", label="Rivals hostile at first", phrase="the chance that full rivals are hostile at first", source="Fielding 2005 §2.11: grant-maintained schools; size assumed", mechanisms=("M12",)),
    _uncertain("hostility.breach", 0.2, high=1.0, unit="chance/half-term", meaning="Chance that a full breach of trust turns an old tie into hostility.", label="Hostility after a breach of trust", phrase="the chance that a breach of trust turns a tie hostile", source="Fielding 2005 §2.11; size assumed", mechanisms=("M12",)),
    _uncertain("hostility.pupils", 0.02, high=1.0, unit="chance/year", meaning="Chance in a year that two full rivals fall out over pupils.", label="Quarrels over pupils", phrase="the chance in a year that full rivals fall out over pupils", source="Fielding 2005 §2.12; Armstrong & Ainscow 2018; size assumed", mechanisms=("M12", "M36")),
    _uncertain("hostility.repair", 0.01, high=1.0, unit="chance/half-term", meaning="Chance that hostility ends of itself.", label="Repair of hostility", phrase="the chance in a half-term that hostility ends", source="Fielding 2005 §2.11; size assumed", mechanisms=("M12",)),
    _constant("hostility.mended", 0.3, high=1.0, unit="chance", meaning="Chance that somebody new to a quarrel ends it: a new head at either school, or a fully skilled broker who knows the relations on a visit.", source="assumed", mechanisms=("M12", "M30", "M33")),
    real("hostility.collapse", 0.15, low=0.01, high=1.0, role="constant", unit="trust", meaning="Trust below which old acquaintances may fall out without any other breach.", source="assumed", mechanisms=("M12",)),
    _uncertain("challenge.weight", 0.3, high=2.0, unit="1", meaning="How much faster two wholly different schools learn when trust and familiarity are full and they can challenge each other.", label="Gain by challenge", phrase="the gain by challenge from unlike schools", source="Fielding 2005 §2.11, §5.2; size assumed", mechanisms=("M16",)),
    _uncertain("cosiness.weight", 0.2, high=1.0, unit="share", meaning="Discount of what an unfamiliar school brings to one that has wholly familiar partners.", label="Closing up of cosy partnerships", phrase="the closing up of cosy partnerships to other schools", source="Fielding 2005 §2.11 'less permeable', §5.2; size assumed", mechanisms=("M16",)),
)  # fmt: skip
