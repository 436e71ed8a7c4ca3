"""Learning in an episode, alone, with others and from afar (M03, M04, M11, M14, M20, M42)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, real

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    _uncertain("learning.rate", 4.0, low=1.0, high=8.0, unit="1", meaning="Speed of learning in an episode.", label="Speed of learning", phrase="the speed of learning", source="prototype", grade="calibrated", mechanisms=("M03",)),
    _constant("learning.zone", 0.25, low=0.05, high=1.0, unit="mastery", meaning="Gap from which most is learnt, without confidence or trust.", source="Fielding 2005 §2.26; prototype", mechanisms=("M04",)),
    _constant("learning.zone_reach", 0.35, low=0.0, high=1.0, unit="mastery", meaning="How far confidence and trust move that gap outward.", source="Fielding 2005 §2.26; prototype", mechanisms=("M04",)),
    real("learning.latitude", 0.8, low=0.05, high=5.0, role="constant", unit="level", meaning="Distance between a teacher's values and a practice's kind at which half of it bounces off.", source="Hovland, Harvey & Sherif 1957 (form); size assumed", mechanisms=("M22",)),
    _constant("learning.zone_weight", 1.0, low=0.0, high=1.0, unit="weight", meaning="Weight of near before far.", source="Fielding 2005 §2.26", grade="seed", mechanisms=("M04",)),
    _uncertain("learning.explicit", 0.8, low=0.0, high=1.0, unit="1", meaning="Access to the explicit part of a practice, the same in every channel.", label="Access to what can be said", phrase="the access to the explicit part of a practice", source="prototype", mechanisms=("M03",)),
    _constant("learning.tacit_weight", 1.0, low=0.0, high=1.0, unit="weight", meaning="Weight of tacitness: at 0 everything can be written down.", source="Fielding 2005 §2.13, App A", grade="seed", mechanisms=("M03",)),
    _constant("learning.tacit_base", 0.25, low=0.0, high=1.0, unit="1", meaning="Tacit access between strangers, as a share of that between old colleagues; and with an originator of no transfer skill, as a share of that with a skilled one.", source="prototype", mechanisms=("M03",)),
    _constant("learning.ownership_reach", 1.5, low=0.0, high=3.0, unit="1", meaning="Engagement times mode ownership times this is the ownership worked toward.", source="prototype", mechanisms=("M22",)),
    real("learning.routine", 0.5, low=0.1, high=0.9, role="constant", unit="level", meaning="Mastery from which a practice is counted as mastered, passed on or in use.", source="a convention: half", mechanisms=("M02",)),
    _uncertain("learning.besides", 0.1, low=0.0, high=0.5, unit="chance", meaning="Chance that who works with somebody elsewhere for a half-term, or visits, brings something else home that they saw there, in place of the focus.", label="Something else brought home", phrase="the chance that something other than the focus is brought home", source="Fielding 2005 §3.31: who went for ICT brought an arts week back; size assumed", mechanisms=("M05",)),
    _constant("informal.rate", 0.9, low=0.0, high=1.0, unit="1/half-term", meaning="Chance of an informal exchange over a full tie.", source="prototype", mechanisms=("M14", "M20")),
    _constant("informal.hours", 1.0, low=0.0, high=10.0, unit="hours", meaning="Hours of one talk: of friends in different schools, of two heads, of a broker who follows an introduction up, or over how joint work goes.", source="prototype", mechanisms=("M14", "M33", "M40")),
    _constant("informal.enterprise", 1.0, low=0.0, high=1.0, unit="weight", meaning="Weight of a teacher's enterprise in seeking others out.", source="Fielding 2005 §2.22, §3.24", grade="seed", mechanisms=("M20",)),
    real("meta.exchange", 0.001, low=0.0, high=0.02, role="constant", unit="1/hour", meaning="Learning to learn gained in an hour of exchange or creation.", source="prototype", mechanisms=("M08", "M09", "M42")),
    _lever("meta.training_hours", 0.0, high=10.0, unit="hours/half-term", scope="area", meaning="Time of each teacher of a programme's schools for how they think about and improve their practice.", label="Time to think about own practice", phrase="teachers' time to think about how they improve their practice", source="Fielding 2005 recommendation 15", grade="seed", mechanisms=("M42",)),
    _constant("meta.training", 0.004, high=0.05, unit="1/hour", meaning="Learning to learn gained in an hour of thinking about it: of training, of an enquiry, or of joint work with a university.", source="Fielding 2005 §2.41, §3.43, §4.11; size assumed", mechanisms=("M42",)),
    _lever("training.transfer_hours", 0.0, high=10.0, unit="hours/half-term", scope="programme", meaning="Training in how to pass practice on, for each of a programme's givers, at first.", label="Training in passing practice on", phrase="givers' training in passing practice on", source="Fielding 2005 §2.42, recommendation 13", grade="seed", mechanisms=("M25",)),
    _constant("training.rate", 0.05, high=0.5, unit="1/hour", meaning="Transfer skill learnt in an hour of training.", source="Fielding 2005 §2.42; size assumed", mechanisms=("M25",)),
    _lever("enquiry.share", 0.0, high=0.5, unit="share/year", scope="area", meaning="Share of teachers with a scholarship for an enquiry of their own.", label="Teachers with an enquiry scholarship", phrase="the share of teachers with a scholarship for enquiry", source="Fielding 2005 §2.41 Best Practice Research Scholarships", grade="seed", mechanisms=("M42",)),
    _constant("enquiry.hours", 10.0, high=60.0, unit="hours/half-term", meaning="Time a scholarship buys.", source="a scholarship of about 2,500 pounds, most of it cover", grade="memory", mechanisms=("M42",)),
    _lever("university.involvement", 0.0, high=1.0, unit="level", scope="area", meaning="How far a university works with a programme's partnerships.", label="Involvement of a university", phrase="the involvement of a university", source="Fielding 2005 §3.43, recommendation 17", grade="seed", mechanisms=("M42",)),
    _constant("university.hours", 1.5, high=10.0, unit="hours/half-term", meaning="Hours it takes from a pair, each side, at full involvement.", source="assumed", mechanisms=("M25", "M42")),
    _constant("university.evidence", 0.025, high=0.5, unit="1/half-term", meaning="Evidence that a partnership with a university adds on its focus.", source="Fielding 2005 §3.43; size assumed", mechanisms=("M05", "M42")),
    _lever("website.rate", 0.0, high=1.0, unit="chance/half-term", scope="area", meaning="Chance that a wholly enterprising teacher looks up what they work on at a website of practice.", label="Use of a website of practice", phrase="the chance in a half-term that a teacher looks practice up on a website", source="Fielding 2005 §3.24, §3.41", grade="seed", mechanisms=("M20",)),
    _constant("website.hours", 0.6, high=20.0, unit="hours", meaning="Own time spent on what is found there.", source="assumed", mechanisms=("M20",)),
    _uncertain("dependency.rate", 0.01, high=0.2, unit="1/hour", meaning="Dependency (loss of initiative: seeking out, working on one's own) grown in an hour of help in which the learner has no say.", label="Growth of dependency on help", phrase="the growth of dependency in an hour of help", source="Fielding 2005 §2.32; size assumed", mechanisms=("M11",)),
    _constant("memory.kept", 0.9, high=1.0, unit="share", meaning="Share left after a half-term of what wears off by itself: a balance of help, who gave and was helped, news of a network, dependency.", source="assumed", mechanisms=("M11", "M17", "M21", "M34")),
)  # fmt: skip
