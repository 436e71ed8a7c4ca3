"""Brokers outside and inside schools, mapping, advanced skills teachers (M25, M32, M33, M35)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, choice, flag, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    whole("broker.number", 1, low=0, high=20, role="lever", unit="brokers/authority", scope="area", meaning="Brokers who bring schools together, in each authority.", label="Brokers in each authority", phrase="the number of brokers in each authority", source="Fielding 2005 §3.4, recommendation 2", grade="seed", mechanisms=("M33",)),
    whole("broker.visits", 3, low=0, high=60, role="lever", unit="visits/half-term", scope="area", meaning="Schools each broker visits.", label="Schools each broker visits", phrase="the number of schools each broker visits in a half-term", source="prototype; size assumed", mechanisms=("M33",)),
    whole("broker.looks", 12, low=1, high=100, role="constant", unit="schools", meaning="Schools a broker thinks of when looking for a match.", source="prototype; size assumed", mechanisms=("M33",)),
    _constant("broker.trust", 0.65, high=1.0, unit="trust", meaning="Trust on a tie a broker makes.", source="prototype; size assumed", mechanisms=("M33",)),
    _constant("broker.familiarity", 0.2, high=1.0, unit="share", meaning="Familiarity on a tie a broker makes.", source="prototype; size assumed", mechanisms=("M33",)),
    flag("broker.practices", False, role="lever", scope="area", meaning="Brokers make known who is good at what.", label="Brokering of practices", phrase="the brokering of practices", on="brokers who make practices known", off="brokers who make no practices known", source="Fielding 2005 §3.41", grade="seed", mechanisms=("M33",)),
    flag("broker.relationships", True, role="lever", scope="area", meaning="Brokers put schools in touch with each other.", label="Brokering of relationships", phrase="the brokering of relationships", on="brokers who put schools in touch", off="brokers who put no schools in touch", source="Fielding 2005 §3.42", grade="seed", mechanisms=("M33",)),
    flag("broker.dialogue", False, role="lever", scope="area", meaning="Brokers convene gatherings that give an audience and a community.", label="Dialogue convened by brokers", phrase="the convening of dialogue by brokers", on="brokers who convene dialogue", off="brokers who convene no dialogue", source="Fielding 2005 §3.43", grade="seed", mechanisms=("M33",)),
    _lever("broker.resources", 0.0, high=1000000.0, unit="pounds/year/broker", scope="area", meaning="Money brokers put into partnerships outside the programme.", label="Money brokers put into joint work", phrase="the money each broker puts into joint work", source="Fielding 2005 §3.44", grade="seed", mechanisms=("M27", "M33")),
    flag("broker.catalyst", False, role="lever", scope="area", meaning="Brokers push schools they know to look for partners and to say yes.", label="Brokers as catalysts", phrase="brokers' work as catalysts", on="brokers who act as catalysts", off="brokers who do not act as catalysts", source="Fielding 2005 §3.45", grade="seed", mechanisms=("M33",)),
    _lever("broker.skill", 0.5, high=1.0, unit="share", scope="area", meaning="Brokers' skill in listening, reading people and winning trust.", label="Brokers' skill with people", phrase="brokers' skill with people", source="Fielding 2005 §3.42, recommendation 2", grade="seed", mechanisms=("M33",)),
    flag("broker.judges", False, role="lever", scope="area", meaning="Whether brokers also judge the schools they broker for.", label="Brokers who also judge", phrase="the judging role of brokers", on="brokers who also judge schools", off="brokers who judge no schools", source="Fielding 2005 §3.41", grade="seed", mechanisms=("M33", "M38")),
    choice(
        "broker.mapping", "none",
        {
            "none": "brokers who map no relationships",
            "holes": "brokers who bridge holes",
            "hubs": "brokers who go through hubs",
            "mixed": "brokers who do both by turns",
        },
        role="lever", scope="area", label="Mapping of relationships", phrase="the use brokers make of a map of relationships",
        meaning="How brokers use a map of who is tied to whom: to bring in the isolated and bridge holes, to go through hubs, or both by turns; a third school whom both trust vouches.",
        source="Fielding 2005 recommendation 5", grade="seed", mechanisms=("M35",),
    ),
    _uncertain("broker.judging", 0.6, high=1.0, unit="share", meaning="How far a judging role shuts mouths at the stakes of one half.", label="Silence before brokers who judge", phrase="the silence that a judging role brings upon schools", source="Fielding 2005 §3.41; size assumed", mechanisms=("M33", "M38")),
    whole("broker.follow_ups", 3, low=0, high=12, role="constant", unit="half-terms", meaning="Half-terms in which a broker sees to it that those introduced meet, and ask.", source="Fielding 2005 §3.42; size assumed", mechanisms=("M33",)),
    _constant("broker.event_hours", 9.0, high=200.0, unit="hours", meaning="Broker's hours a gathering takes, out of those for visits.", source="assumed", mechanisms=("M33",)),
    whole("broker.event_seats", 16, low=2, high=64, role="constant", unit="schools", meaning="Schools asked to a gathering.", source="assumed", mechanisms=("M33",)),
    _constant("broker.audience", 0.10, high=1.0, unit="1", meaning="Confidence that those who come to a gathering gain from an audience, at full skill.", source="Fielding 2005 §3.43: worthwhile, heard; size assumed", mechanisms=("M18", "M33")),
    _constant("broker.learns", 0.5, high=1.0, unit="share", meaning="Share of what is not known of who is good at what that a visit tells a broker of middling skill, or a meeting its members.", source="assumed", mechanisms=("M33", "M34")),
    _uncertain("broker.reach", 0.6, high=1.0, unit="share", meaning="Share of what a broker knows, or one inside a school, or of what managed advanced skills teachers are good at, that reaches the schools that look for a partner.", label="Reach of brokers' knowledge", phrase="the share of brokers' knowledge that reaches schools", source="Fielding 2005 §3.41; size assumed", mechanisms=("M32", "M33")),
    _constant("broker.push", 2.0, high=10.0, unit="logit", meaning="Readiness to seek and accept gained from a fully skilled broker who knows both schools well.", source="Fielding 2005 §3.45; size assumed", mechanisms=("M33",)),
    _constant("broker.bridging", 0.3, high=2.0, unit="mastery", meaning="Weight of bridging a hole, against being good at what is needed, when a broker maps.", source="Fielding 2005 recommendation 5; size assumed", mechanisms=("M35",)),
    whole("broker.map_looks", 4, low=1, high=50, role="constant", unit="schools", meaning="Schools a broker who maps weighs for each visit.", source="assumed", mechanisms=("M35",)),
    real("broker.event_full", 8.0, low=1.0, high=100.0, role="constant", unit="schools", meaning="Schools from which a gathering is a full audience.", source="assumed", mechanisms=("M33",)),
    _lever("internal_broker.share", 0.0, high=1.0, unit="share", scope="area", meaning="Share of schools in which a senior teacher has the task of knowing who is good at what.", label="Schools with an internal broker", phrase="the share of schools with an internal broker", source="Fielding 2005 §3.32", grade="seed", mechanisms=("M32",)),
    _constant("internal_broker.learns", 0.15, high=1.0, unit="1/half-term", meaning="Share of what is not yet known that they find out; all is lost when the person goes.", source="Fielding 2005 §3.32 (time in post); size assumed", mechanisms=("M32",)),
    _lever("ast.share", 0.0, high=1.0, unit="share", scope="area", meaning="Share of schools with advanced skills teachers.", label="Schools with advanced skills teachers", phrase="the share of schools with advanced skills teachers", source="Fielding 2005 recommendation 11", grade="seed", mechanisms=("M21", "M25")),
    whole("ast.each_school", 1, low=1, high=4, role="lever", unit="teachers/school", scope="area", meaning="Advanced skills teachers of a school that has them.", label="Advanced skills teachers a school", phrase="the number of advanced skills teachers in such a school", source="Fielding 2005 recommendation 11: more than one developed in each school", grade="seed", mechanisms=("M21",)),
    _lever("ast.time", 0.2, high=1.0, unit="share", scope="area", meaning="Share of an advanced skills teacher's working time that is for passing practice on.", label="Release of advanced skills teachers", phrase="the share of an advanced skills teacher's time for passing practice on", source="Fielding 2005 §3.21: 20%", grade="seed", mechanisms=("M25",)),
    _lever("ast.outreach", 0.5, high=1.0, unit="share", scope="area", meaning="Share of that time for other schools; the rest is for their own.", label="Outreach by advanced skills teachers", phrase="the share of advanced skills teachers' release that is for other schools", source="Fielding 2005 §3.21: in-house and outreach; size assumed", mechanisms=("M25",)),
    flag("ast.managed", False, role="lever", scope="area", meaning="Whether advanced skills teachers are managed as a group, so that it is known what they are good at.", label="Advanced skills teachers as a group", phrase="the management of advanced skills teachers", on="advanced skills teachers managed as a group", off="advanced skills teachers left to their schools", source="Fielding 2005 §2.32", grade="seed", mechanisms=("M14",)),
    _constant("ast.working_hours", 210.0, high=400.0, unit="hours/half-term", meaning="Working hours of a teacher.", source="1,265 directed hours a year", grade="published", mechanisms=("M25",)),
    _constant("ast.offers", 0.1, high=1.0, unit="confidence", meaning="How much having one counts, as confidence, when a school may offer something.", source="Fielding 2005 recommendation 11; size assumed", mechanisms=("M18", "M21")),
    whole("ast.pairs", 4, low=1, high=16, role="constant", unit="colleagues", meaning="Colleagues of a partner school that an advanced skills teacher works with.", source="assumed", mechanisms=("M25",)),
)  # fmt: skip
