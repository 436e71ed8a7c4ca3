"""Hours, travel, cover, grants and bids (M15, M25-M28)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, choice, flag, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    _uncertain("time.formal_hours", 4.2, high=80.0, unit="hours/half-term", meaning="Each teacher's hours for work with other schools.", label="Time for work with other schools", phrase="teachers' time for work with other schools", source="about 2% of working time: four development days of 190", grade="published", mechanisms=("M25",)),
    _constant("time.tone_slope", 0.8, high=2.0, unit="1", meaning="How much more of those hours the warmest head grants than the coldest; a middling one grants them.", source="prototype; size assumed", mechanisms=("M30",)),
    _constant("time.committed", 0.6, high=1.0, unit="share", meaning="Share of the formal hours that goes to formal partnerships.", source="prototype; size assumed", mechanisms=("M25",)),
    _constant("time.arranging", 0.5, high=10.0, unit="hours/half-term", meaning="Fixed cost of arranging the work, each side of a pair.", source="prototype; size assumed", mechanisms=("M25",)),
    _constant("time.demand_least", 6.0, high=100.0, unit="hours/half-term", meaning="Hours the least demanding pair would use.", source="prototype; size assumed", mechanisms=("M25",)),
    _constant("time.demand_most", 20.0, high=100.0, unit="hours/half-term", meaning="Hours the most demanding pair would use.", source="prototype; size assumed", mechanisms=("M25",)),
    _constant("time.in_class", 0.5, high=1.0, unit="share", meaning="Share of joint hours that falls in class time.", source="prototype; size assumed", mechanisms=("M26",)),
    real("time.full_share", 0.95, low=0.5, high=1.2, role="constant", unit="share", meaning="Share of its places filled at which a school's finances leave it the usual time.", source="prototype", mechanisms=("M37",)),
    _constant("travel.visits", 2.0, high=20.0, unit="visits/half-term", meaning="Visits a pair makes.", source="prototype; size assumed", mechanisms=("M15",)),
    real("travel.speed", 25.0, low=5.0, high=100.0, role="constant", unit="miles/hour", meaning="Speed of travel between schools.", source="assumed", mechanisms=("M15", "M33", "M34")),
    _uncertain("cover.harm", 0.0033, high=0.01, unit="pupil sd/day", meaning="Cost to a class of a teacher's day out of it.", label="Harm of a day out of class", phrase="the harm of a teacher's day out of class", source="Miller, Murnane & Willett 2008: ten days cost .033 sd", grade="published", mechanisms=("M26",)),
    _lever("funding.per_partnership", 0.0, high=200000.0, unit="pounds/year", scope="programme", meaning="Grant to each partnership of the programme.", label="Grant to each partnership", phrase="the grant to each partnership", source="Beacon schools had about 30,000 a year", grade="published", mechanisms=("M27",)),
    whole("funding.years", 4, low=0, high=30, role="lever", unit="years", scope="programme", meaning="Years the money lasts.", label="Years of funding", phrase="the number of years of funding", source="Fielding 2005 §3.13, recommendation 18", grade="seed", mechanisms=("M27", "M29")),
    choice(
        "funding.purse", "originator",
        {
            "originator": "a purse held by the originator",
            "partnership": "a purse held by the whole partnership",
            "central": "a central fund paid on claim",
            "bid": "money won by bidding",
        },
        role="lever", scope="programme", label="Who holds the purse", phrase="the holder of the purse",
        meaning="Who holds the purse: the originating school, the partnership together, the authority, which pays on claim, or whoever wins it with a bid.",
        source="Fielding 2005 §3.23, §3.32, recommendation 9", grade="seed", mechanisms=("M27", "M28"),
    ),
    _lever("funding.originator_keeps", 0.95, high=1.0, unit="share", scope="programme", meaning="Share of the bought hours that an originator holding the purse uses itself.", label="Share of hours originators keep", phrase="the share of the bought hours that originators keep", source="Fielding 2005 §3.23; size assumed", mechanisms=("M27",)),
    real("funding.hour", 25.0, low=5.0, high=200.0, role="constant", unit="pounds/hour", meaning="Price of an hour of cover.", source="supply of about 150 pounds a day", grade="memory", mechanisms=("M27",)),
    _constant("funding.home_value", 0.25, high=1.0, unit="share", meaning="What an unspent bought hour of the originator is worth as in-school time.", source="prototype: at full value money alone moves results", mechanisms=("M27",)),
    _lever("funding.total", 0.0, high=50e6, unit="pounds/year", scope="programme", meaning="Grant to the programme as a whole, split evenly over its partnerships; 0 leaves it to funding.per_partnership.", label="Grant to the whole programme", phrase="the grant to the whole programme", source="Fielding 2005 §3.23", grade="seed", mechanisms=("M27",)),
    choice(
        "funding.covers", "all",
        {
            "all": "a grant for all partnerships",
            "originators": "a grant for originators' partnerships alone",
            "networks": "a grant for networks alone",
        },
        role="lever", scope="programme", label="Partnerships the grant covers", phrase="the coverage of the grant",
        meaning="Whose partnerships the grant is for, where originators with partners and networks run side by side.",
        source="Fielding 2005 §3.23", grade="seed", mechanisms=("M27",),
    ),
    _uncertain("funding.holds", 0.8, high=1.0, unit="share", meaning="Share of what would end a partnership that a grant paid in full holds off, and of finished tasks it renews.", label="Endings held off by a grant", phrase="the share of endings that a grant holds off", source="Fielding 2005 §3.23: money extends and deepens; size assumed", mechanisms=("M27",)),
    whole("funding.taper", 0, low=0, high=10, role="lever", unit="years", scope="programme", meaning="Years after the full grant over which it is run down to nothing.", label="Years over which funding tapers", phrase="the number of years over which funding tapers", source="Fielding 2005 §3.13, recommendation 18", grade="seed", mechanisms=("M27", "M29")),
    _lever("bid.won", 0.5, high=1.0, unit="share", scope="programme", meaning="Share of bids that win; the winners share the whole fund.", label="Share of bids that win", phrase="the share of bids that win", source="Fielding 2005 §3.32; size assumed", mechanisms=("M28",)),
    _uncertain("bid.skill", 1.0, high=5.0, unit="weight", meaning="Weight of skill in winning, of the bidder or of whom it can ask, and of confidence; need has none.", label="Weight of skill in winning bids", phrase="the weight of skill in winning bids", source="Fielding 2005 §3.32: a skill you possess or do not", grade="seed", mechanisms=("M28",)),
    _constant("bid.noise", 0.15, high=2.0, unit="1", meaning="Luck in winning, on the scale of skill.", source="assumed", mechanisms=("M28",)),
    _uncertain("bid.hours", 30.0, high=500.0, unit="hours", meaning="Leaders' hours in a bid by a head of middling skill; an unskilled one takes half as long again, a skilled one half.", label="Time a bid takes", phrase="the time a bid takes", source="Fielding 2005 §3.32: days of agony; size assumed", mechanisms=("M28",)),
    _uncertain("bid.drift", 0.4, high=1.0, unit="chance", meaning="Chance that a partnership that wins takes the fund's theme for its focus in place of its own.", label="Drift to the fund's theme", phrase="the chance that a winner takes the fund's theme for its focus", source="Fielding 2005 §3.23, §5.5 fund chasing; size assumed", mechanisms=("M28",)),
    flag("timetable.common", False, role="lever", scope="area", meaning="Whether schools keep a common timetable, so that the hours of two sides coincide.", label="Common timetable across schools", phrase="a common timetable", on="a common timetable across schools", off="timetables that differ between schools", source="Fielding 2005 recommendation 16", grade="seed", mechanisms=("M25",)),
    _uncertain("timetable.coincide", 0.95, high=1.0, unit="share", meaning="Share of two sides' own hours that coincide without a common timetable.", label="Share of hours that coincide", phrase="the share of two schools' hours that coincide", source="Fielding 2005 §3.21, recommendation 16; size assumed", mechanisms=("M25",)),
    _lever("remote.contact", 0.0, high=1.0, unit="share", scope="area", meaning="How far old partners keep in touch by telephone and email: it spares journeys and keeps acquaintance, and starts nothing.", label="Contact by telephone and email", phrase="the contact of old partners by telephone and email", source="Fielding 2005 §3.24", grade="seed", mechanisms=("M15",)),
    _constant("remote.hours", 0.5, high=10.0, unit="hours/half-term", meaning="Hours each side spends on keeping a tie up at a distance.", source="assumed", mechanisms=("M15",)),
)  # fmt: skip
