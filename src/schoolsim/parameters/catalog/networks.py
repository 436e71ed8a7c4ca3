"""Networks of schools, facilitation, brokers inside and outside schools, mapping, ASTs, hostility (M12, M15, M32-M35)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, choice, flag, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)
_BLOG = "Headteacher's account of two Manchester networks (peer review triads; MC2SP)"

PARAMETERS: tuple[Parameter, ...] = (
    # Programmes of more than two schools.
    choice("programme.structure", "star", ("star", "cluster", "triad", "supported"), role="lever", meaning="Star: originators with partners. Cluster: networks whose members help each other by need. Triad: heads visit each other's schools. Supported: several strong schools help one weak one.", source="Fielding 2005 §3.45; Ainscow in the TES (Kingsdown); " + _BLOG, grade="seed", mechanisms=("M34",)),
    choice("network.select", "programme", ("programme", "best", "any", "volunteers", "weakest", "cross_area", "unlike", "value_added"), role="lever", meaning="Whom a network is made of: by the rule of programme.select, or by one of its own, so that both may run side by side.", source="Fielding 2005 §2.25, §3.43", grade="seed", mechanisms=("M21",)),
    whole("programme.networks", 0, low=0, high=2000, role="lever", unit="networks", meaning="Networks the programme sets up, in every structure but the star.", source="Fielding 2005 §3.43, §3.45", grade="seed"),
    whole("programme.members", 4, low=2, high=16, role="lever", unit="schools", meaning="Schools of each network.", source=_BLOG + ": four, and twelve", grade="seed"),
    whole("network.meetings", 1, low=0, high=6, role="lever", unit="meetings/half-term", meaning="Meetings of a network.", source=_BLOG + ": once each half-term", grade="seed", mechanisms=("M34",)),
    choice("network.levels", "heads", ("heads", "all"), role="lever", meaning="Who meets: heads and deputies, or staff at all levels too.", source=_BLOG + "; Fielding 2005 §3.22", grade="seed", mechanisms=("M24",)),
    whole("network.visitors", 3, low=1, high=6, role="lever", unit="heads/visit", meaning="Heads who visit each school of a triad network once a year.", source=_BLOG, grade="seed", mechanisms=("M34",)),
    flag("network.facilitated", False, role="lever", meaning="Whether a paid facilitator arranges and chairs, as long as the pooled money lasts.", source=_BLOG, grade="seed", mechanisms=("M34",)),
    flag("network.rotating", False, role="lever", meaning="Whether leadership is shared and passes from school to school each year.", source="Fielding 2005 recommendation 10", grade="seed", mechanisms=("M34",)),
    _lever("network.pounds", 3000.0, high=200000.0, unit="pounds/year", meaning="Money the schools of a network pool, for a facilitator and for cover.", source=_BLOG + ": all pay into an account; size assumed", mechanisms=("M27", "M34")),
    whole("network.years", 10, low=1, high=30, role="lever", unit="years", meaning="Years after which a network is wound up.", source="assumed"),
    _constant("network.facilitator_cost", 350.0, high=5000.0, unit="pounds/meeting", meaning="What a facilitator is paid.", source="a consultant's day, assumed", mechanisms=("M34",)),
    _uncertain("network.facilitator_trust", 0.5, high=3.0, unit="1", meaning="How much more trust a meeting gives when somebody impartial facilitates it.", source=_BLOG + "; size assumed", mechanisms=("M34",)),
    _constant("network.arranging", 3.0, high=20.0, unit="hours/member", meaning="Hours of arranging, chairing and minutes that a meeting costs for each member, borne by the leader unless shared or facilitated.", source=_BLOG + "; size assumed", mechanisms=("M34",)),
    _constant("network.meeting_hours", 4.0, high=20.0, unit="hours", meaning="Length of a meeting.", source=_BLOG + ": an afternoon", grade="seed", mechanisms=("M34",)),
    _constant("network.visit_hours", 6.0, high=20.0, unit="hours", meaning="Length of a visit of heads to a school.", source=_BLOG + ": a day", grade="seed", mechanisms=("M34",)),
    _constant("network.people", 2.0, high=20.0, unit="people/school", meaning="People each school sends to a meeting.", source=_BLOG + ": heads and deputies", grade="seed", mechanisms=("M34",)),
    _uncertain("network.trust", 0.04, high=0.5, unit="1/meeting", meaning="Trust two members gain by a meeting.", source="Fielding 2005 §3.43; size assumed", mechanisms=("M12", "M34")),
    _constant("network.familiarity", 0.04, high=0.5, unit="1/meeting", meaning="Familiarity two members gain by a meeting.", source="assumed", mechanisms=("M14", "M34")),
    _constant("network.visit_weight", 2.0, high=10.0, unit="meetings", meaning="Meetings that a day's visit between two heads is worth.", source="assumed", mechanisms=("M34",)),
    _constant("network.news", 0.25, high=1.0, unit="1/meeting", meaning="Share of what members do not know about who is good at what that a meeting tells them.", source=_BLOG + ": good practice shared with the group; size assumed", mechanisms=("M34",)),
    _constant("network.news_kept", 0.9, high=1.0, unit="share", meaning="Share of that news still fresh after a half-term.", source="assumed", mechanisms=("M34",)),
    _constant("network.friends", 0.3, high=1.0, unit="chance/meeting", meaning="Chance that a meeting of all levels makes, for each school, a friendship between two teachers.", source="assumed", mechanisms=("M14", "M24")),
    _uncertain("network.leader_stops", 0.10, high=1.0, unit="chance/year", meaning="Chance that who leads a network gives it up.", source=_BLOG + ": it ended after two years; size assumed", mechanisms=("M34",)),
    _uncertain("network.leader_leaves", 1.0, high=1.0, unit="chance", meaning="Chance that a leading head who goes leaves the network without a leader.", source=_BLOG, grade="seed", mechanisms=("M34",)),
    _constant("network.informal", 0.15, high=1.0, unit="chance/half-term", meaning="Chance that two schools of a network without a leader still visit each other.", source=_BLOG + ": some elements in an informal way; size assumed", mechanisms=("M34",)),
    # External brokers: five functions.
    flag("broker.practices", False, role="lever", meaning="Brokers make known who is good at what.", source="Fielding 2005 §3.41", grade="seed", mechanisms=("M33",)),
    flag("broker.relationships", True, role="lever", meaning="Brokers put schools in touch with each other.", source="Fielding 2005 §3.42", grade="seed", mechanisms=("M33",)),
    flag("broker.dialogue", False, role="lever", meaning="Brokers convene gatherings that give an audience and a community.", source="Fielding 2005 §3.43", grade="seed", mechanisms=("M33",)),
    _lever("broker.resources", 0.0, high=1000000.0, unit="pounds/year/broker", meaning="Money brokers put into partnerships outside the programme.", source="Fielding 2005 §3.44", grade="seed", mechanisms=("M27", "M33")),
    flag("broker.catalyst", False, role="lever", meaning="Brokers push schools they know to look for partners and to say yes.", source="Fielding 2005 §3.45", grade="seed", mechanisms=("M33",)),
    _lever("broker.skill", 0.5, high=1.0, unit="share", meaning="Brokers' skill in listening, reading people and winning trust.", source="Fielding 2005 §3.42, recommendation 2", grade="seed", mechanisms=("M33",)),
    flag("broker.judges", False, role="lever", meaning="Whether brokers also judge the schools they broker for.", source="Fielding 2005 §3.41", grade="seed", mechanisms=("M33", "M38")),
    flag("broker.mapping", False, role="lever", meaning="Whether brokers map relations: they seek out isolated schools, bridge holes, spare hubs, and go through a third whom both trust.", source="Fielding 2005 recommendation 5", grade="seed", mechanisms=("M35",)),
    _uncertain("broker.judging", 0.6, high=1.0, unit="share", meaning="How far a judging role shuts mouths at the stakes of one half.", source="Fielding 2005 §3.41; size assumed", mechanisms=("M33", "M38")),
    _constant("broker.visit_hours", 6.0, high=40.0, unit="hours", meaning="Broker's hours a visit takes; visits times these are a broker's hours.", source="assumed", mechanisms=("M33",)),
    _constant("broker.event_hours", 9.0, high=200.0, unit="hours", meaning="Broker's hours a gathering takes, out of those for visits.", source="assumed", mechanisms=("M33",)),
    whole("broker.event_seats", 16, low=2, high=64, role="constant", unit="schools", meaning="Schools asked to a gathering.", source="assumed", mechanisms=("M33",)),
    _constant("broker.event_trust", 0.03, high=0.5, unit="1", meaning="Trust two schools gain at a gathering, at full skill.", source="assumed", mechanisms=("M12", "M33")),
    _constant("broker.event_familiarity", 0.05, high=0.5, unit="1", meaning="Familiarity two schools gain at a gathering.", source="assumed", mechanisms=("M14", "M33")),
    _constant("broker.audience", 0.10, high=1.0, unit="1", meaning="Confidence that those who come to a gathering gain from an audience, at full skill.", source="Fielding 2005 §3.43: worthwhile, heard; size assumed", mechanisms=("M18", "M33")),
    _constant("broker.learns", 0.5, high=1.0, unit="share", meaning="Share of what a broker does not know of a school that a visit tells, at middling skill.", source="assumed", mechanisms=("M33",)),
    _constant("broker.forgets", 0.03, high=1.0, unit="1/half-term", meaning="Share of what a broker knows that goes out of date.", source="assumed", mechanisms=("M33",)),
    _uncertain("broker.reach", 0.6, high=1.0, unit="share", meaning="Share of what a broker knows that reaches the schools that look for a partner.", source="Fielding 2005 §3.41; size assumed", mechanisms=("M33",)),
    _constant("broker.push", 2.0, high=10.0, unit="logit", meaning="Readiness to seek and accept gained from a fully skilled broker who knows both schools well.", source="Fielding 2005 §3.45; size assumed", mechanisms=("M33",)),
    _constant("broker.third", 0.5, high=1.0, unit="share", meaning="Share of the trust in a common third that passes to a school met through it.", source="Fielding 2005 recommendation 5; size assumed", mechanisms=("M35",)),
    _constant("broker.bridging", 0.3, high=2.0, unit="mastery", meaning="Weight of bridging a hole, against being good at what is needed, when a broker maps.", source="Fielding 2005 recommendation 5; size assumed", mechanisms=("M35",)),
    # Brokers inside schools.
    _lever("internal_broker.share", 0.0, high=1.0, unit="share", meaning="Share of schools in which a senior teacher has the task of knowing who is good at what.", source="Fielding 2005 §3.32", grade="seed", mechanisms=("M32",)),
    _constant("internal_broker.learns", 0.15, high=1.0, unit="1/half-term", meaning="Share of what is not yet known that they find out; all is lost when the person goes.", source="Fielding 2005 §3.32 (time in post); size assumed", mechanisms=("M32",)),
    _constant("internal_broker.colleagues", 4.0, high=30.0, unit="colleagues", meaning="Further colleagues who come to mind through one who knows everything.", source="assumed", mechanisms=("M32",)),
    _constant("internal_broker.schools", 3.0, high=30.0, unit="schools", meaning="Further schools considered as partners through one who knows everything.", source="assumed", mechanisms=("M32",)),
    _constant("internal_broker.word", 0.4, high=1.0, unit="share", meaning="How well one who knows everything knows what other schools are good at.", source="assumed", mechanisms=("M32",)),
    # Advanced skills teachers.
    _lever("ast.share", 0.0, high=1.0, unit="share", meaning="Share of schools with advanced skills teachers.", source="Fielding 2005 recommendation 11", grade="seed", mechanisms=("M21", "M25")),
    whole("ast.each_school", 1, low=1, high=4, role="lever", unit="teachers/school", meaning="Advanced skills teachers of a school that has them.", source="Fielding 2005 recommendation 11: more than one developed in each school", grade="seed", mechanisms=("M21",)),
    _lever("ast.time", 0.2, high=1.0, unit="share", meaning="Share of an advanced skills teacher's working time that is for passing practice on.", source="Fielding 2005 §3.21: 20%", grade="seed", mechanisms=("M25",)),
    _lever("ast.outreach", 0.5, high=1.0, unit="share", meaning="Share of that time for other schools; the rest is for their own.", source="Fielding 2005 §3.21: in-house and outreach; size assumed", mechanisms=("M25",)),
    flag("ast.managed", False, role="lever", meaning="Whether advanced skills teachers are managed as a group, so that it is known what they are good at.", source="Fielding 2005 §2.32", grade="seed", mechanisms=("M14",)),
    _constant("ast.working_hours", 210.0, high=400.0, unit="hours/half-term", meaning="Working hours of a teacher.", source="1,265 directed hours a year", grade="published", mechanisms=("M25",)),
    _constant("ast.offers", 0.1, high=1.0, unit="confidence", meaning="How much having one counts, as confidence, when a school may offer something.", source="Fielding 2005 recommendation 11; size assumed", mechanisms=("M18", "M21")),
    whole("ast.pairs", 4, low=1, high=16, role="constant", unit="colleagues", meaning="Colleagues of a partner school that an advanced skills teacher works with.", source="assumed", mechanisms=("M25",)),
    _constant("ast.known", 0.5, high=1.0, unit="share", meaning="How well it is known what a managed advanced skills teacher's school is good at.", source="assumed", mechanisms=("M14",)),
    whole("ast.partnerships", 1, low=0, high=10, role="constant", unit="partnerships", meaning="Partnerships more that a school with an advanced skills teacher can carry.", source="assumed", mechanisms=("M25",)),
    # Contact at a distance, and ties that break.
    _lever("remote.contact", 0.0, high=1.0, unit="share", meaning="How far old partners keep in touch by telephone and email: it spares journeys and keeps acquaintance, and starts nothing.", source="Fielding 2005 §3.24", grade="seed", mechanisms=("M15",)),
    _constant("remote.face_lost", 0.7, high=1.0, unit="share", meaning="Tacit channel lost when all contact is remote.", source="Fielding 2005 §3.24; size assumed", mechanisms=("M03", "M15")),
    _constant("remote.hours", 0.5, high=10.0, unit="hours/half-term", meaning="Hours each side spends on keeping a tie up at a distance.", source="assumed", mechanisms=("M15",)),
    _uncertain("hostility.start", 0.02, high=1.0, unit="chance", meaning="Chance that two full rivals are hostile as the run begins.", source="Fielding 2005 §2.11: grant-maintained schools; size assumed", mechanisms=("M12",)),
    _uncertain("hostility.breach", 0.2, high=1.0, unit="chance/half-term", meaning="Chance that a full breach of trust turns an old tie into hostility.", source="Fielding 2005 §2.11; size assumed", mechanisms=("M12",)),
    _uncertain("hostility.repair", 0.01, high=1.0, unit="chance/half-term", meaning="Chance that hostility ends of itself.", source="Fielding 2005 §2.11; size assumed", mechanisms=("M12",)),
    _constant("hostility.new_head", 0.3, high=1.0, unit="chance", meaning="Chance that a new head at either school ends it.", source="assumed", mechanisms=("M12", "M30")),
    _constant("hostility.broker", 0.3, high=1.0, unit="chance/visit", meaning="Chance that a visit by a fully skilled broker who knows the relations ends it.", source="assumed", mechanisms=("M12", "M33")),
    _constant("hostility.gesture", 0.05, high=1.0, unit="chance/meeting", meaning="Chance that sitting round one table ends it.", source="Fielding 2005 §2.11: gestures of goodwill; size assumed", mechanisms=("M12", "M34")),
)  # fmt: skip
