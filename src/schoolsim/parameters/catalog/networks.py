"""Networks of schools, their meetings and leaders (M34)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, choice, flag, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    choice(
        "network.select", "programme",
        {
            "programme": "members chosen as originators are",
            "best": "members with the best published results",
            "any": "members of any kind",
            "volunteers": "members whose heads volunteer",
            "weakest": "members with the weakest results",
            "cross_area": "members far from each other",
            "unlike": "members unlike each other",
            "value_added": "members that add the most value",
        },
        role="lever", scope="programme", label="Choice of network members", phrase="the choice of network members",
        meaning="Whom a network is made of: by the rule of programme.select, or by one of its own, so that both may run side by side.",
        source="Fielding 2005 §2.25, §3.43", grade="seed", mechanisms=("M21",),
    ),
    whole("network.meetings", 1, low=0, high=6, role="lever", unit="meetings/half-term", scope="programme", meaning="Meetings of a network.", label="Network meetings a half-term", phrase="the number of network meetings in a half-term", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP): once each half-term", grade="seed", mechanisms=("M34",)),
    choice(
        "network.levels", "heads",
        {
            "heads": "meetings of heads and deputies",
            "all": "meetings of staff at all levels",
        },
        role="lever", scope="programme", label="Who meets in a network", phrase="the level of network meetings",
        meaning="Who meets: heads and deputies, or staff at all levels too.",
        source="Headteacher's account of two Manchester networks (peer review triads; MC2SP); Fielding 2005 §3.22", grade="seed", mechanisms=("M24",),
    ),
    whole("network.visitors", 3, low=1, high=6, role="lever", unit="heads/visit", scope="programme", meaning="Heads who visit each school of a triad network once a year.", label="Heads who visit each school", phrase="the number of heads who visit each school of a triad", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP)", grade="seed", mechanisms=("M34",)),
    flag("network.facilitated", False, role="lever", scope="programme", meaning="Whether a paid facilitator arranges and chairs, as long as the pooled money lasts.", label="Paid facilitator of networks", phrase="the paid facilitation of networks", on="networks with a paid facilitator", off="networks without a facilitator", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP)", grade="seed", mechanisms=("M34",)),
    flag("network.rotating", False, role="lever", scope="programme", meaning="Whether leadership is shared and passes from school to school each year.", label="Rotating leadership of networks", phrase="the rotation of networks' leadership", on="leadership that rotates between schools", off="leadership by one school", source="Fielding 2005 recommendation 10", grade="seed", mechanisms=("M34",)),
    whole("network.grows", 0, low=0, high=8, role="lever", unit="schools/year", scope="programme", meaning="Schools that members of a network invite each year, of those they know, once it is a year old; a school may be in several as its hours allow.", label="Schools a network asks each year", phrase="the number of schools that a network asks each year", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP): two like-minded heads were invited, six in the future", grade="seed", mechanisms=("M34",)),
    whole("network.most", 6, low=2, high=16, role="lever", unit="schools", scope="programme", meaning="Schools at which a network asks nobody more.", label="Schools at which a network stops asking", phrase="the number of schools at which a network asks nobody more", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP): six in the future but probably not more", grade="seed", mechanisms=("M34",)),
    _lever("network.pounds", 3000.0, high=200000.0, unit="pounds/year", scope="programme", meaning="Money the schools of a network pool, for a facilitator and for cover.", label="Money pooled by a network", phrase="the money a network pools", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP): all pay into an account; size assumed", mechanisms=("M27", "M34")),
    whole("network.years", 10, low=1, high=30, role="lever", unit="years", scope="programme", meaning="Years after which a network is wound up.", label="Years until networks are wound up", phrase="the number of years until networks are wound up", source="assumed", read_once="as the programme founds its networks"),
    _constant("network.facilitator_cost", 350.0, high=5000.0, unit="pounds/meeting", meaning="What a facilitator is paid.", source="a consultant's day, assumed", mechanisms=("M34",)),
    _uncertain("network.facilitator_trust", 0.5, high=3.0, unit="1", meaning="How much more trust a meeting gives when somebody impartial facilitates it.", label="Trust added by a facilitator", phrase="the trust that a facilitator adds to a meeting", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP); size assumed", mechanisms=("M34",)),
    _constant("network.arranging", 3.0, high=20.0, unit="hours/member", meaning="Hours of arranging, chairing and minutes that a meeting costs for each member, borne by the leader unless shared or facilitated.", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP); size assumed", mechanisms=("M34",)),
    _constant("network.meeting_hours", 4.0, high=20.0, unit="hours", meaning="Length of a meeting, of a network, at a gathering, or of two schools that a broker introduces.", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP): an afternoon", grade="seed", mechanisms=("M33", "M34")),
    _constant("network.visit_hours", 6.0, high=20.0, unit="hours", meaning="Length of a visit to a school, of heads or of a broker, whose hours are visits times this.", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP): a day", grade="seed", mechanisms=("M33", "M34")),
    real("network.teaching", 0.3, low=0.0, high=1.0, role="constant", unit="share", meaning="Share of a meeting's or a visit's hours in which those present learn from each other.", source="Fielding 2005 §3.43; Headteacher's account of two Manchester networks; size assumed", mechanisms=("M34",)),
    _constant("network.people", 2.0, high=20.0, unit="people/school", meaning="People each school sends to a meeting or a gathering.", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP): heads and deputies", grade="seed", mechanisms=("M34",)),
    _uncertain("network.trust", 0.04, high=0.5, unit="1/meeting", meaning="Share of missing trust that a meeting of a network makes good, or a gathering by a fully skilled broker; and chance that sitting round one table ends a quarrel.", label="Trust gained at a meeting", phrase="the trust that members gain at a meeting", source="Fielding 2005 §2.11, §3.43; size assumed", mechanisms=("M12", "M33", "M34")),
    _constant("network.friends", 0.3, high=1.0, unit="chance/meeting", meaning="Chance that a meeting of all levels makes, for each school, a friendship between two teachers.", source="assumed", mechanisms=("M14", "M24")),
    _uncertain("network.leader_stops", 0.10, high=1.0, unit="chance/year", meaning="Chance that who leads a network gives it up.", label="Leaders who give a network up", phrase="the chance in a year that the leader of a network gives it up", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP): it ended after two years; size assumed", mechanisms=("M34",)),
    _uncertain("network.leader_leaves", 1.0, high=1.0, unit="chance", meaning="Chance that a leading head who goes leaves the network without a leader.", label="Networks left by a leaving head", phrase="the chance that a leaving head leaves a network without a leader", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP)", grade="seed", mechanisms=("M34",)),
    _constant("network.informal", 0.15, high=1.0, unit="chance/half-term", meaning="Chance that two schools of a network without a leader still visit each other.", source="Headteacher's account of two Manchester networks (peer review triads; MC2SP): some elements in an informal way; size assumed", mechanisms=("M34",)),
)  # fmt: skip
