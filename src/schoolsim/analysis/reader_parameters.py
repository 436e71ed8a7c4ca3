"""Words for readers: label, phrase and level names of every lever and uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schoolsim.parameters.values import Value


@dataclass(frozen=True)
class ParameterWords:
    """How a parameter is called where people read of it.

    Args:
        label: Beside an axis or over a column; under 40 characters.
        phrase: In a sentence, singular: "... at 3 rather than 1".
        levels: Of a choice or a flag, each of its values as a noun phrase: "a badge on the whole partnership".
        scale: What is low or high where its lowest or highest level is meant: "competition"; none if empty.
    """

    label: str
    phrase: str
    levels: Mapping[Value, str] = field(default_factory=dict)
    scale: str = ""


def _number(label: str, phrase: str, scale: str = "") -> ParameterWords:
    return ParameterWords(label, phrase, scale=scale)


def _choice(label: str, phrase: str, **levels: str) -> ParameterWords:
    named: dict[Value, str] = {level: words for level, words in levels.items()}
    return ParameterWords(label, phrase, named)


def _flag(label: str, phrase: str, *, on: str, off: str) -> ParameterWords:
    return ParameterWords(label, phrase, {True: on, False: off})


LEVERS: Mapping[str, ParameterWords] = {
    # The programme: who takes part, and how.
    "programme.originators": _number("Originating schools", "the number of originating schools"),
    "programme.partners_each": _number("Partner schools of each originator", "the number of partner schools of each originator"),
    "programme.select": _choice(
        "Choice of originating schools", "the choice of originating schools",
        best="originators with the best published results", any="originators of any kind", volunteers="originators whose heads volunteer",
        weakest="the weakest schools as originators", cross_area="originators paired with schools far off",
        unlike="originators paired with unlike schools", value_added="originators that add the most value",
    ),
    "programme.mode": _choice(
        "Mode of joint work", "the mode of joint work",
        free="a free choice of mode", replication="joint work by replication", adaptation="joint work by adaptation",
        exchange="joint work by exchange", creation="joint work by creation",
    ),
    "programme.imposed": _flag("Partnerships imposed or chosen", "the imposing of partnerships", on="imposed partnerships", off="chosen partnerships"),
    "programme.patience": _number("Half-terms before any judgement", "the number of half-terms before partnerships are judged"),
    "programme.teachers": _number("Teachers sent into a partnership", "the number of teachers that each school sends into a partnership"),
    "programme.begins": _number("Years before the programme begins", "the number of years before the programme begins"),
    "programme.lasts": _number("Years until the programme ends", "the number of years until the programme ends"),
    "programme.authority": _number("Authority the programme is in", "the choice of the authority that the programme is in"),
    "programme.coverage": _number("Share of authorities covered", "the share of authorities that the programme covers"),
    "programme.coverage_from": _number("Where in the lot coverage begins", "the place in the lot from which the programme covers"),
    "programme.structure": _choice(
        "Structure of the programme", "the structure of the programme",
        star="originators with partners", cluster="networks that help by need", triad="triads of visiting heads", supported="strong schools supporting a weak one",
    ),
    "programme.networks": _number("Networks set up", "the number of networks set up"),
    "programme.members": _number("Schools in each network", "the number of schools in each network"),
    "replication.allowed": _flag("Replication allowed", "the allowing of replication", on="replication allowed", off="replication ruled out"),
    "adaptation.allowed": _flag("Adaptation allowed", "the allowing of adaptation", on="adaptation allowed", off="adaptation ruled out"),
    "exchange.allowed": _flag("Exchange allowed", "the allowing of exchange", on="exchange allowed", off="exchange ruled out"),
    "creation.allowed": _flag("Creation allowed", "the allowing of practice creation", on="practice creation allowed", off="practice creation ruled out"),
    "joint_practice.share": _number("Joint practice development", "the share of partnerships planned as joint practice development"),
    "matching.kind": _flag("Ties matched to the practice", "the matching of ties to the practice", on="ties matched to the practice", off="ties not matched to the practice"),
    "priorities.own": _number("Work on partners' own priorities", "the extent to which partners work on their own priorities"),
    "needs.analysis": _number("Schools' analysis of their needs", "the rigour of schools' analysis of their needs"),
    "withdrawal.planned": _flag("Planned withdrawal of originators", "the planned withdrawal of originators", on="a planned withdrawal of originators", off="originators who stay to the end"),
    "leading.joint": _flag("Joint leadership of partnerships", "the joint leadership of partnerships", on="joint leadership of partnerships", off="leadership by the originator alone"),
    # Badges, tables, inspection, evaluation, accreditation.
    "badging.scope": _choice(
        "Who carries the badge", "the scope of the badge",
        none="no badge", individual="a badge on the originating school alone", collective="a badge on the whole partnership",
    ),
    "badging.share": _number("Schools in scope that carry a badge", "the share of schools in scope that carry the badge"),
    "badging.begins": _number("Year in which the badge is given", "the year in which the badge is given"),
    "badging.years": _number("Years until the badge is withdrawn", "the number of years until the badge is withdrawn"),
    "tables.published": _flag("Performance tables", "the publishing of performance tables", on="published performance tables", off="no performance tables"),
    "inspection.years": _number("Years between inspections", "the number of years between inspections"),
    "evaluation.kind": _choice(
        "Evaluation of partnerships", "the evaluation of partnerships",
        none="no evaluation", formal="formal evaluation by value added", informal="informal evaluation by what is seen in class",
    ),
    "accreditation.rate": _number("Chance of applying for an award", "the chance in a year that a school applies for an award"),
    "accreditation.pounds": _number("Price of an award", "the price of an award"),
    "accreditation.fund": _number("Money to share accredited practice", "the money an awarded school has to share its practice"),
    "policy.continuity": _number("Continuity of policy", "the continuity of policy"),
    "market.money_follows": _number("Money that follows pupils", "the extent to which money follows pupils"),
    # Money.
    "funding.per_partnership": _number("Grant to each partnership", "the grant to each partnership"),
    "funding.total": _number("Grant to the whole programme", "the grant to the whole programme"),
    "funding.years": _number("Years of funding", "the number of years of funding"),
    "funding.taper": _number("Years over which funding tapers", "the number of years over which funding tapers"),
    "funding.purse": _choice(
        "Who holds the purse", "the holder of the purse",
        originator="a purse held by the originator", partnership="a purse held by the whole partnership", central="a central fund paid on claim", bid="money won by bidding",
    ),
    "funding.originator_keeps": _number("Share of hours originators keep", "the share of the bought hours that originators keep"),
    "funding.covers": _choice(
        "Partnerships the grant covers", "the coverage of the grant",
        all="a grant for all partnerships", originators="a grant for originators' partnerships alone", networks="a grant for networks alone",
    ),
    "bid.won": _number("Share of bids that win", "the share of bids that win"),
    # Heads and their staff.
    "leadership.shielding": _number("Heads' shielding of staff", "the extent to which heads shield their staff"),
    "leadership.specification": _number("New heads chosen to collaborate", "the share of new heads chosen for their will to collaborate"),
    "leadership.distribute": _number("Distribution of leadership", "the distribution of leadership"),
    # Networks.
    "network.select": _choice(
        "Choice of network members", "the choice of network members",
        programme="members chosen as originators are", best="members with the best published results", any="members of any kind",
        volunteers="members whose heads volunteer", weakest="members with the weakest results", cross_area="members far from each other",
        unlike="members unlike each other", value_added="members that add the most value",
    ),
    "network.meetings": _number("Network meetings a half-term", "the number of network meetings in a half-term"),
    "network.levels": _choice("Who meets in a network", "the level of network meetings", heads="meetings of heads and deputies", all="meetings of staff at all levels"),
    "network.visitors": _number("Heads who visit each school", "the number of heads who visit each school of a triad"),
    "network.facilitated": _flag("Paid facilitator of networks", "the paid facilitation of networks", on="networks with a paid facilitator", off="networks without a facilitator"),
    "network.rotating": _flag("Rotating leadership of networks", "the rotation of networks' leadership", on="leadership that rotates between schools", off="leadership by one school"),
    "network.pounds": _number("Money pooled by a network", "the money a network pools"),
    "network.years": _number("Years until networks are wound up", "the number of years until networks are wound up"),
    # Brokers.
    "broker.number": _number("Brokers in each authority", "the number of brokers in each authority"),
    "broker.visits": _number("Schools each broker visits", "the number of schools each broker visits in a half-term"),
    "broker.practices": _flag("Brokering of practices", "the brokering of practices", on="brokers who make practices known", off="brokers who make no practices known"),
    "broker.relationships": _flag("Brokering of relationships", "the brokering of relationships", on="brokers who put schools in touch", off="brokers who put no schools in touch"),
    "broker.dialogue": _flag("Dialogue convened by brokers", "the convening of dialogue by brokers", on="brokers who convene dialogue", off="brokers who convene no dialogue"),
    "broker.resources": _number("Money brokers put into joint work", "the money each broker puts into joint work"),
    "broker.catalyst": _flag("Brokers as catalysts", "brokers' work as catalysts", on="brokers who act as catalysts", off="brokers who do not act as catalysts"),
    "broker.skill": _number("Brokers' skill with people", "brokers' skill with people"),
    "broker.judges": _flag("Brokers who also judge", "the judging role of brokers", on="brokers who also judge schools", off="brokers who judge no schools"),
    "broker.mapping": _choice("Mapping of relationships", "the use brokers make of a map of relationships", none="brokers who map no relationships", holes="brokers who bridge holes", hubs="brokers who go through hubs", mixed="brokers who do both by turns"),
    "internal_broker.share": _number("Schools with an internal broker", "the share of schools with an internal broker"),
    # Advanced skills teachers.
    "ast.share": _number("Schools with advanced skills teachers", "the share of schools with advanced skills teachers"),
    "ast.each_school": _number("Advanced skills teachers a school", "the number of advanced skills teachers in such a school"),
    "ast.time": _number("Release of advanced skills teachers", "the share of an advanced skills teacher's time for passing practice on"),
    "ast.outreach": _number("Outreach by advanced skills teachers", "the share of advanced skills teachers' release that is for other schools"),
    "ast.managed": _flag("Advanced skills teachers as a group", "the management of advanced skills teachers", on="advanced skills teachers managed as a group", off="advanced skills teachers left to their schools"),
    # Contact, channel, activity, follow-up.
    "contact.level": _choice("Level of contact between schools", "the level of contact between schools", teachers="contact between teachers", middle="contact between middle leaders", heads="contact between heads"),
    "channel.programme": _choice(
        "Channel of joint work", "the channel of joint work",
        own="channels left to the schools", document="practice passed on in documents", website="practice passed on by a website",
        meeting="practice passed on at meetings", visit="practice passed on by visits", coteaching="practice passed on by teaching together", sustained="practice passed on by sustained work together",
    ),
    "activity.experiential": _number("Weight of working side by side", "the weight of working side by side"),
    "activity.reflective": _number("Weight of reflecting together", "the weight of reflecting together"),
    "activity.contextual": _number("Weight of policy and resources", "the weight of policy, resources and support in joint work"),
    "pupils.asked": _number("How regularly pupils are asked", "the regularity of asking pupils"),
    "network.grows": _number("Schools a network asks each year", "the number of schools that a network asks each year"),
    "network.most": _number("Schools at which a network stops asking", "the number of schools at which a network asks nobody more"),
    "website.rate": _number("Use of a website of practice", "the chance in a half-term that a teacher looks practice up on a website"),
    "remote.contact": _number("Contact by telephone and email", "the contact of old partners by telephone and email"),
    "followup.hours": _number("Follow-up time of each pair", "the follow-up time of each pair of teachers"),
    "followup.length": _number("Half-terms of follow-up", "the number of half-terms of follow-up"),
    "outreach.diffident": _number("Outreach to the diffident", "outreach to the diffident"),
    # Time, training, enquiry.
    "training.transfer_hours": _number("Training in passing practice on", "givers' training in passing practice on"),
    "timetable.common": _flag("Common timetable across schools", "a common timetable", on="a common timetable across schools", off="timetables that differ between schools"),
    "meta.training_hours": _number("Time to think about own practice", "teachers' time to think about how they improve their practice"),
    "university.involvement": _number("University involvement", "the involvement of a university"),
    "enquiry.share": _number("Teachers with an enquiry scholarship", "the share of teachers with a scholarship for enquiry"),
}  # fmt: skip
"""Every lever."""

UNCERTAINTIES: Mapping[str, ParameterWords] = {
    # Market, stakes, tables, inspection.
    "market.choice_weight": _number("Competition between schools", "the weight of results in parents' choice", "competition"),
    "market.observed_weight": _number("Past competition behind the rolls", "the competition taken to lie behind today's rolls"),
    "market.constraint": _number("Bias of full schools' admissions", "the bias of full schools against pupils on free school meals"),
    "rivalry.slope": _number("Rivalry made by competition", "the rivalry that competition makes of near schools"),
    "stakes.level": _number("Stakes of inspection and tables", "the weight of inspection and tables", "stakes"),
    "stakes.effort": _number("Effort called up by pressure", "the effort that pressure calls up"),
    "stakes.exposure": _number("Extra pressure on weak schools", "the extra pressure on schools with weak results"),
    "stakes.narrowing": _number("Narrowing of practice by stakes", "the narrowing of practice by stakes"),
    "tables.reputation": _number("Reputation known without tables", "the share of a school's reputation that is known without tables"),
    "inspection.hours": _number("Share of time inspection takes", "the share of time that preparing for inspection takes"),
    "inspection.fear": _number("Extra stakes before inspection", "the extra stakes before inspection"),
    "inspection.failure": _number("Extra stakes after a failed inspection", "the extra stakes after a failed inspection"),
    "badging.gap": _number("Status gap opened by a badge", "the status gap that a badge opens"),
    # Will, time, careers, heads.
    "engagement.will": _number("Will to work with others", "the will to work with others"),
    "time.formal_hours": _number("Time for work with other schools", "teachers' time for work with other schools"),
    "timetable.coincide": _number("Share of hours that coincide", "the share of two schools' hours that coincide"),
    "cover.harm": _number("Harm of a day out of class", "the harm of a teacher's day out of class"),
    "careers.leave": _number("Teachers who leave the authority", "the chance in a year that a teacher leaves the authority", "teacher turnover"),
    "careers.move": _number("Teachers who change school", "the chance in a year that a teacher changes school"),
    "leadership.closed": _number("Heads who keep the gate shut", "the share of heads who keep the gate shut"),
    "leadership.turnover": _number("Turnover of heads", "the chance in a year that a head leaves", "turnover of heads"),
    "leadership.moves": _number("Heads who move within the authority", "the share of leaving heads who take another headship in the authority"),
    "leadership.gate": _number("Blocking by closed heads", "the chance that a closed head blocks an approach"),
    "leadership.distributed_gate": _number("Ways round a closed head", "the share of blocking that distributed leadership gets round"),
    "leadership.parochialism": _number("Weight of parochialism", "the weight of parochialism"),
    "leadership.tie_lost": _number("Acquaintance lost with a head", "the share of a school's acquaintance that is lost with its head"),
    # Practice and learning.
    "practice.effect_mean": _number("Effect of a practice on a class", "the mean effect of a practice on a class"),
    "practice.appeal_truth": _number("How far appeal follows effect", "the correlation of a practice's appeal with its effect"),
    "practice.hours_mean": _number("Time to master a practice", "the time it takes to master a practice"),
    "practice.decay": _number("Fading of what is not owned", "the fading of practice that is not owned"),
    "learning.explicit": _number("Access to what can be said", "the access to the explicit part of a practice"),
    "engagement.base": _number("Learners' engagement to begin with", "the engagement of learners with everything at its middle"),
    "pairs.share_funded": _number("Staff in funded pairs", "the share of staff in a funded partnership's pairs"),
    "careers.trained_share": _number("What the newly trained have mastered", "the share of mastery that the newly trained bring"),
    "careers.new_skill": _number("Recruits' skill apart from practices", "the skill of recruits apart from practices"),
    "school.climate_kept": _number("Lasting of differences between schools", "the share of differences between schools that lasts a year"),
    "practice.keep": _number("Growth by use of what is owned", "the growth by use of practice that is owned"),
    "practice.dip": _number("Dip while a practice is learned", "the dip while a practice is being learned"),
    "practice.response": _number("Weight of pupils' response", "the weight of pupils' response in keeping a practice"),
    "evidence.mean": _number("Evidence for practices", "the mean strength of the evidence for a practice"),
    "learning.rate": _number("Speed of learning", "the speed of learning"),
    "overload.weight": _number("Weight of overload", "the weight of overload with new practices"),
    "home.hours": _number("In-school talk about practice", "the time for in-school talk about practice"),
    "home.copying": _number("Copying between colleagues", "the chance in a half-term that a teacher copies a colleague"),
    "home.copying_bias": _number("Bias of copying to the skilled", "the bias of copying towards skilled colleagues"),
    "guardians.slow": _number("Fading spared by guardians", "the share of fading that guardians of a school's history spare it"),
    # Modes.
    "mode.exchange_trust": _number("Trust needed for exchange", "the trust from which schools choose exchange"),
    "mode.creation_share": _number("Unlike schools that try to create", "the chance that unlike schools try to create practice"),
    "creation.hazard": _number("Chance of creating a practice", "the chance of a new practice in an hour of joint work"),
    "exchange.barter": _flag("Exchange as strict trade", "the strictness of trade in exchange", on="exchange as strict trade", off="exchange without strict trade"),
    "originator.gain": _number("Originators' gain by sharing", "the originator's own gain by sharing"),
    # Ties, trust, hostility, search.
    "ties.nearby": _number("Ties between neighbouring schools", "the chance that neighbouring schools have a tie at first"),
    "ties.trust": _number("Trust on first ties", "the mean trust on first ties", "initial trust"),
    "trust.change": _number("Strength of changes in trust", "the weight of everything that moves trust"),
    "trust.rivalry": _number("Trust lost to rivalry", "the trust lost to rivalry"),
    "trust.poaching": _number("Chance of poaching", "the chance in a half-term that a partner poaches practice"),
    "disclosure.weight": _number("Reluctance to admit weakness", "the reluctance to admit weakness"),
    "search.rate": _number("Search for partners", "the chance in a half-term that a school in need looks for a partner"),
    "search.rivalry": _number("Aversion to rivals as partners", "the aversion to rivals as partners"),
    "end.money_stops": _number("Endings when money stops", "the chance that a shallow partnership ends once its money stops"),
    "hostility.start": _number("Rivals hostile at first", "the chance that full rivals are hostile at first"),
    "hostility.pupils": _number("Quarrels over pupils", "the chance in a year that full rivals fall out over pupils"),
    "school.climate_lent": _number("Climate lent by supporting schools", "the climate that supporting schools lend"),
    "pupils.clearer": _number("Noise that asking pupils takes away", "the noise that asking pupils takes away"),
    "pupils.engages": _number("Engagement by asking pupils", "the engagement that asking pupils adds"),
    "school.climate_sd": _number("Lasting differences between schools", "the spread of what schools add that lasts"),
    "exchange.improves": _number("Improvement of practice by exchange", "the improvement that exchange brings to a practice"),
    "hostility.breach": _number("Hostility after a breach of trust", "the chance that a breach of trust turns a tie hostile"),
    "hostility.repair": _number("Repair of hostility", "the chance in a half-term that hostility ends"),
    "challenge.weight": _number("Gain by challenge", "the gain by challenge from unlike schools"),
    "cosiness.weight": _number("Closing up of cosy partnerships", "the closing up of cosy partnerships to other schools"),
    "roles.history": _number("Weight of past roles", "the weight of a school's past as giver or receiver"),
    "dependency.rate": _number("Growth of dependency on help", "the growth of dependency in an hour of help"),
    "contact.waste": _number("Loss by contact at the wrong level", "the loss by contact at the wrong level"),
    # Values.
    "values.drift_home": _number("Drift of values to the own staff", "the drift of a teacher's values to those of the own staff"),
    "values.drift_friends": _number("Drift of values to friends", "the drift of a teacher's values to those of friends in other schools"),
    "values.anchor": _number("Firmness of teachers' values", "the firmness of teachers' values"),
    # Money, time ahead, policy, evaluation, accreditation.
    "funding.claim_base": _number("Chance of claiming central money", "the chance that schools claim central money"),
    "bid.skill": _number("Weight of skill in winning bids", "the weight of skill in winning bids"),
    "bid.hours": _number("Time a bid takes", "the time a bid takes"),
    "bid.drift": _number("Drift to the fund's theme", "the chance that a winner takes the fund's theme for its focus"),
    "horizon.together": _number("Time spent on getting together", "the share of strangers' time that goes to getting together"),
    "funding.holds": _number("Endings held off by a grant", "the share of endings that a grant holds off"),
    "horizon.anticipation": _number("Engagement lost before money stops", "the engagement lost before money stops"),
    "policy.churn": _number("Years between changes of policy", "the mean number of years between changes of policy"),
    "policy.strain": _number("Trust lost when a scheme closes", "the share of trust lost when a scheme closes"),
    "policy.forgotten": _number("Skill lost when a scheme closes", "the share of skill lost when a scheme closes"),
    "evaluation.stops": _number("Stopping after a failed evaluation", "the chance that a partnership judged to have failed is stopped"),
    "accreditation.tied": _number("Requests to awarded schools known", "the chance that a school in need asks an awarded school it knows"),
    "accreditation.cold": _number("Requests to awarded schools unknown", "the chance that a school in need asks an awarded school it does not know"),
    # Networks and brokers.
    "network.facilitator_trust": _number("Trust added by a facilitator", "the trust that a facilitator adds to a meeting"),
    "network.trust": _number("Trust gained at a meeting", "the trust that members gain at a meeting"),
    "network.leader_stops": _number("Leaders who give a network up", "the chance in a year that the leader of a network gives it up"),
    "network.leader_leaves": _number("Networks left by a leaving head", "the chance that a leaving head leaves a network without a leader"),
    "broker.judging": _number("Silence before brokers who judge", "the silence that a judging role brings upon schools"),
    "broker.reach": _number("Reach of brokers' knowledge", "the share of brokers' knowledge that reaches schools"),
    # The authority.
    "setting.secondary_share": _number("Share of secondary schools", "the share of secondary schools"),
    "setting.special_share": _number("Share of special schools", "the share of special schools"),
    "setting.density": _number("Density of schools", "the density of schools", "density of schools"),
    "setting.town_share": _number("Primary schools in towns", "the share of primary schools in towns"),
    "setting.primary_roll": _number("Roll of primary schools", "the mean roll of primary schools"),
    "setting.secondary_roll": _number("Roll of secondary schools", "the mean roll of secondary schools"),
    "setting.roll_spread": _number("Spread of rolls", "the spread of school rolls"),
    "setting.disadvantage": _number("Pupils on free school meals", "the share of pupils on free school meals", "disadvantage"),
    "setting.segregation": _number("Segregation between schools", "the segregation of pupils on free school meals", "segregation"),
    "setting.clustering": _number("Likeness of neighbouring schools", "the likeness of neighbouring schools"),
}  # fmt: skip
"""Every uncertainty."""
