"""Membership of programmes, and changes of policy that end them (M21, M34, M39)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, choice, flag, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    whole("programme.originators", 0, low=0, high=5000, role="lever", unit="schools", scope="programme", meaning="Schools asked to share their practice; 0 is no programme.", label="Originating schools", phrase="the number of originating schools", source="Fielding 2005 §2.23", grade="seed"),
    whole("programme.partners_each", 3, low=1, high=20, role="lever", unit="schools", scope="programme", meaning="Partner schools of each originator.", label="Partner schools of each originator", phrase="the number of partner schools of each originator", source="Fielding 2005 §2.24; size assumed"),
    choice(
        "programme.select", "best",
        {
            "best": "originators with the best published results",
            "any": "originators of any kind",
            "volunteers": "originators whose heads volunteer",
            "weakest": "the weakest schools as originators",
            "cross_area": "originators paired with schools far off",
            "unlike": "originators paired with unlike schools",
            "value_added": "originators that add the most value",
        },
        role="lever", scope="programme", label="Choice of originating schools", phrase="the choice of originating schools",
        meaning="Who originates: the schools with the best published results, any, those whose heads volunteer, the weakest; any, but working with schools far off, or with unlike ones; those that add most value.",
        source="Fielding 2005 §2.23, §2.25, §3.43, recommendation 11", grade="seed", mechanisms=("M21",),
    ),
    choice(
        "programme.mode", "free",
        {
            "free": "a free choice of mode",
            "replication": "joint work by replication",
            "adaptation": "joint work by adaptation",
            "exchange": "joint work by exchange",
            "creation": "joint work by creation",
        },
        role="lever", scope="programme", label="Mode of joint work", phrase="the mode of joint work",
        meaning="How the programme's schools work together; free lets them choose.",
        source="Fielding 2005 App B, recommendations 1 and 6", grade="seed", mechanisms=("M06", "M07", "M08", "M09"),
    ),
    flag("programme.imposed", False, role="lever", scope="programme", meaning="Whether schools are told whom to work with.", label="Partnerships imposed or chosen", phrase="the imposing of partnerships", on="imposed partnerships", off="chosen partnerships", source="Fielding 2005 §2.31, recommendation 4", grade="seed", mechanisms=("M22",)),
    _constant("programme.need", 1.0, high=5.0, unit="utility/sd", meaning="Preference for partners with weak published results.", source="prototype; size assumed"),
    real("programme.invitation", 2.0, low=0.0, high=8.0, role="constant", unit="logit", meaning="Readiness to be a partner gained as a school is asked in the name of a programme, beyond what money adds.", source="Fielding 2005 §2.24, §4.4: few answer a cold call; size assumed"),
    whole("programme.asks", 2, low=1, high=10, role="constant", unit="schools", meaning="Schools an originator asks in a half-term for a place it has to fill.", source="assumed"),
    whole("programme.asked_again", 6, low=1, high=60, role="constant", unit="half-terms", meaning="Half-terms before a school that was asked is asked again.", source="assumed"),
    whole("programme.patience", 0, low=0, high=36, role="lever", unit="half-terms", scope="programme", meaning="Half-terms a programme gives its partnerships before they are judged or may end, if more than end.settled.", label="Half-terms before any judgement", phrase="the number of half-terms before partnerships are judged", source="Fielding 2005 recommendation 4", grade="seed", mechanisms=("M11", "M40")),
    choice(
        "programme.structure", "star",
        {
            "star": "originators with partners",
            "cluster": "networks that help by need",
            "triad": "triads of visiting heads",
            "supported": "strong schools supporting a weak one",
        },
        role="lever", scope="programme", label="Structure of the programme", phrase="the structure of the programme",
        meaning="Star: originators with partners. Cluster: networks whose members help each other by need. Triad: heads visit each other's schools. Supported: several strong schools help one weak one.",
        source="Fielding 2005 §3.45; Ainscow in the TES (Kingsdown); Headteacher's account of two Manchester networks (peer review triads; MC2SP)", grade="seed", mechanisms=("M34",),
        read_once="as the programme founds its networks",
    ),
    whole("programme.networks", 0, low=0, high=2000, role="lever", unit="networks", scope="programme", meaning="Networks the programme sets up, in every structure but the star.", label="Networks set up", phrase="the number of networks set up", source="Fielding 2005 §3.43, §3.45", grade="seed", read_once="as the programme founds its networks"),
    whole("programme.members", 4, low=2, high=16, role="lever", unit="schools", scope="programme", meaning="Schools of each network.", label="Schools in each network", phrase="the number of schools in each network", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP): four, and twelve", grade="seed", read_once="as the programme founds its networks"),
    whole("programme.teachers", 0, low=0, high=16, role="lever", scope="programme", unit="teachers", meaning="Teachers that each of two schools sends into a partnership; 0 is a share of the smaller staff.", label="Teachers sent into a partnership", phrase="the number of teachers that each school sends into a partnership", source="Fielding 2005 §3.13: one teacher a school", grade="seed"),
    whole("programme.begins", 0, low=0, high=30, role="lever", scope="programme", unit="years", meaning="Years of policy after which the programme begins.", label="Years before the programme begins", phrase="the number of years before the programme begins", source="Fielding 2005 recommendation 18: horizons; staggered starts of evaluations", grade="seed", read_once="as the programme is placed on the schools"),
    whole("programme.lasts", 0, low=0, high=30, role="lever", scope="programme", unit="years", meaning="Years until the programme ends; 0 is as long as the run.", label="Years until the programme ends", phrase="the number of years until the programme ends", source="Fielding 2005 §3.23: money that ends, recommendation 18", grade="seed", read_once="as the programme is placed on the schools"),
    whole("programme.authority", 0, low=0, high=1000, role="lever", scope="programme", unit="number", meaning="The only authority the programme is in, 1 the first of the schools' table; 0 is all.", label="Authority the programme is in", phrase="the choice of the authority that the programme is in", source="the design of an evaluation", read_once="as the programme is placed on the schools"),
    _lever("programme.coverage", 1.0, high=1.0, scope="programme", unit="share", meaning="Share of authorities the programme is in, drawn by lot; of schools where there is one authority.", label="Share of authorities covered", phrase="the share of authorities that the programme covers", source="the design of an evaluation", read_once="as the programme is placed on the schools"),
    _lever("programme.coverage_from", 0.0, high=1.0, scope="programme", unit="share", meaning="Where in the lot that share begins: two programmes that cover 0 to 0.5 and 0.5 to 1 never meet.", label="Where in the lot coverage begins", phrase="the place in the lot from which the programme covers", source="the design of an evaluation", read_once="as the programme is placed on the schools"),
    _uncertain("policy.churn", 0.0, high=20.0, unit="years", meaning="Mean years between resets of programmes by a change of policy; 0 is never.", label="Years between changes of policy", phrase="the mean number of years between changes of policy", source="Fielding 2005 §5.5 the amnesia of the present, recommendation 19", grade="seed", mechanisms=("M39",)),
    _lever("policy.continuity", 0.0, high=1.0, unit="share", meaning="Share of resets that past schemes survive, and of what the others would lose that is kept.", label="Continuity of policy", phrase="the continuity of policy", source="Fielding 2005 recommendation 19", grade="seed", mechanisms=("M39",)),
    _uncertain("policy.strain", 0.25, high=1.0, unit="share", meaning="Share of trust lost between schools whose scheme is closed.", label="Trust lost when a scheme closes", phrase="the share of trust lost when a scheme closes", source="Fielding 2005 §3.23: anger and betrayal; size assumed", mechanisms=("M39",)),
    _uncertain("policy.forgotten", 0.2, high=1.0, unit="share", meaning="Share of transfer skill and of brokers' knowledge lost with a scheme.", label="Skill lost when a scheme closes", phrase="the share of skill lost when a scheme closes", source="Fielding 2005 §5.5; size assumed", mechanisms=("M39",)),
)  # fmt: skip
