"""Every outcome: name, unit, definition, and how a run's series becomes one number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_PP = "pp"


@dataclass(frozen=True)
class Outcome:
    """One thing measured every half-term.

    Args:
        name: As in tables and configs.
        unit: Of the series and of the run's number.
        definition: One sentence.
        over: How a run's number comes from the series: "window" (mean over the last years of the run),
            "years" (sum over the policy years, divided by them) or "last" (its last value).
    """

    name: str
    unit: str
    definition: str
    over: str = "window"


_ALL: Final = (
    Outcome("progress.mean", _PP, "What teaching adds to the published result, mean over pupils."),
    Outcome("progress.partner", _PP, "What teaching adds, mean over the programme's partner schools."),
    Outcome("progress.originator", _PP, "What teaching adds, mean over the programme's originating schools."),
    Outcome("progress.neither", _PP, "What teaching adds, mean over schools outside the programme."),
    Outcome("progress.neediest", _PP, "What teaching adds, mean over the third of schools with the lowest published results as the policy begins, within phase."),
    Outcome("progress.gap", _PP, "What teaching adds for pupils not on free school meals less what it adds for those on them."),
    Outcome("progress.spread", _PP, "Standard deviation between schools of what teaching adds."),
    Outcome("attainment.mean", _PP, "Published result, mean over pupils."),
    Outcome("attainment.partner", _PP, "Published result, mean over the programme's partner schools."),
    Outcome("attainment.gap", _PP, "Published result of the schools that pupils not on free school meals attend less that of the others', pupil means."),
    Outcome("attainment.spread", _PP, "Standard deviation between schools of the published result."),
    Outcome("gain.partner", _PP, "Change since the policy began of what teaching adds, mean over partner schools."),
    Outcome("gain.originator", _PP, "Change since the policy began of what teaching adds, mean over originating schools."),
    Outcome("rolls.spread", "pupils", "Standard deviation of rolls between schools."),
    Outcome("segregation.dissimilarity", "share", "Duncan's D of pupils on free school meals over schools."),
    Outcome("cover.harm", _PP, "What pupils lose while teachers are out of class, mean over teachers."),
    Outcome("confidence.mean", "level", "Confidence that one has something to share, mean over teachers."),
    Outcome("confidence.partner", "level", "The same, mean over teachers of partner schools."),
    Outcome("confidence.originator", "level", "The same, mean over teachers of originating schools."),
    Outcome("practices.used", "practices", "Practices a teacher has mastered by half or more, mean over teachers."),
    Outcome("originated.ever", "share", "Schools that have ever originated, or worked in a mode without originators."),
    Outcome("trust.mean", "level", "Trust each way on ties between schools, mean."),
    Outcome("trust.active", "level", "Trust each way between schools that work together, mean."),
    Outcome("trust.rival", "level", "Trust each way on ties between rivals (rivalry of one tenth or more), mean."),
    Outcome("trust.partner", "level", "Trust of partners in their originators, mean over partnerships."),
    Outcome("ties.degree", "ties", "Ties a school has, mean."),
    Outcome("ties.isolated", "share", "Teachers with neither joint work nor a friend in another school."),
    Outcome("partnerships.active", "partnerships", "Partnerships at work."),
    Outcome("partnerships.replication", "partnerships", "Partnerships that replicate."),
    Outcome("partnerships.adaptation", "partnerships", "Partnerships that adapt."),
    Outcome("partnerships.exchange", "partnerships", "Partnerships that exchange."),
    Outcome("partnerships.creation", "partnerships", "Partnerships that try to create."),
    Outcome("partnerships.age", "half-terms", "Age of partnerships, mean."),
    Outcome("partnerships.programme", "partnerships", "Partnerships of the programme that are still at work."),
    Outcome("engagement.mean", "level", "Engagement of learners in joint work, mean over partnerships."),
    Outcome("transfers.year", "transfers/year", "Teachers who came to master a practice by half through others in another school.", "years"),
    Outcome("practices.created", "practices/year", "Practices born in joint work.", "years"),
    Outcome("partnerships.begun", "partnerships/year", "Partnerships begun.", "years"),
    Outcome("partnerships.ended", "partnerships/year", "Partnerships ended.", "years"),
    Outcome("disclosure.share", "share", "Focuses chosen after the partner admitted a weakness, of all chosen (0 where none were)."),
    Outcome("hours.joint", "hours/year", "Hours of joint work, both sides, all teachers.", "years"),
    Outcome("hours.travel", "hours/year", "Hours of travel to joint work.", "years"),
    Outcome("pounds.granted", "pounds/year", "Money granted.", "years"),
    Outcome("pounds.cover", "pounds/year", "Money spent on cover for joint work.", "years"),
    Outcome("pounds.home", "pounds/year", "Money an originator kept for its own school.", "years"),
    Outcome("pounds.returned", "pounds/year", "Money that bought nothing and went back.", "years"),
    Outcome("stakes.felt", "level", "Stakes that reach the staff, mean over schools."),
    Outcome("novelty.tried", "share", "Teachers whose focus is a practice that fewer teachers have mastered by half than the average practice."),
    Outcome("partnerships.courting", "share", "Partnerships still getting together, of those at work."),
    Outcome("partnerships.settled", "share", "Partnerships in settled work, of those at work."),
    Outcome("bids.made", "bids/year", "Bids made for the fund.", "years"),
    Outcome("bids.skill", "level/year", "Bidding skill of winners less that of all bidders, sum over rounds.", "years"),
    Outcome("focus.drifted", "partnerships/year", "Partnerships that took the fund's theme in place of their own focus.", "years"),
    Outcome("gate.blocked", "approaches/year", "Searches and approaches stopped by a head.", "years"),
    Outcome("heads.ties", "ties/year", "Ties heads brought to a new school.", "years"),
    Outcome("policy.resets", "resets/year", "Changes of policy that closed the programme's schemes.", "years"),
    Outcome("evaluation.stopped", "partnerships/year", "Partnerships stopped by formal evaluation.", "years"),
    Outcome("evaluation.wrong", "partnerships/year", "Those of them whose learners had gained a tenth of full mastery or more.", "years"),
    Outcome("evaluation.turned", "partnerships/year", "Times informal evaluation turned a partnership to another focus.", "years"),
    Outcome("accreditation.awards", "awards/year", "Practices accredited.", "years"),
    Outcome("accreditation.requests", "requests/year", "Calls by schools in need of what was accredited.", "years"),
    Outcome("accreditation.cold", "requests/year", "Those of them from schools without a tie.", "years"),
    Outcome("hours.bidding", "hours/year", "Leaders' hours spent on bids.", "years"),
    Outcome("hours.inspection", "hours/year", "Hours spent getting ready for inspection.", "years"),
    Outcome("hours.evaluation", "hours/year", "Hours spent on evaluating partnerships.", "years"),
    Outcome("pounds.unclaimed", "pounds/year", "Money of a central fund that nobody claimed.", "years"),
    Outcome("pounds.evaluation", "pounds/year", "Money spent on formal evaluation.", "years"),
    Outcome("pounds.accreditation", "pounds/year", "Schools' own money spent on awards, and money spent on telling others of them.", "years"),
    Outcome("network.density", "share", "Ties there are, of all there could be within authorities."),
    Outcome("network.reach", "share", "Schools of the authority a school can reach in two steps of the network of ties, mean."),
    Outcome("network.clustering", "share", "Pairs of schools with a common neighbour that are tied themselves (transitivity)."),
    Outcome("network.hubs", "Gini", "How far ties are in few hands: Gini coefficient of schools' numbers of ties."),
    Outcome("network.holes", "share", "Structural holes: Burt's effective size over number of ties, mean over schools that have any."),
    Outcome("network.isolated", "share", "Schools with neither a partnership nor a tie of trust one half or more."),
    Outcome("ties.hostile", "ties", "Ties turned to hostility."),
    Outcome("networks.led", "networks", "Networks that somebody leads."),
    Outcome("networks.news", "level", "How well members of a network know who of them is good at what, mean over networks."),
    Outcome("broker.knowledge", "schools", "How well brokers know a school, summed over brokers, mean over schools."),
    Outcome("broker.introductions", "introductions/year", "Pairs of schools brokers brought together.", "years"),
    Outcome("hours.meetings", "hours/year", "Hours of network meetings, visits of heads and gatherings, with their travel and arranging.", "years"),
    Outcome("hours.brokers", "hours/year", "Hours brokers spent.", "years"),
    Outcome("pounds.facilitator", "pounds/year", "Money spent on facilitators.", "years"),
    Outcome("learning.mean", "level", "How fast teachers learn from any episode (meta-practice), mean."),
    Outcome("transfer.mean", "level", "Skill in passing practice on, mean over teachers."),
    Outcome("load.mean", "practices", "New practices a teacher is learning, mean."),
    Outcome("dependence.mean", "level", "Dependency on being helped, mean over teachers."),
    Outcome("guardians.share", "share", "Teachers who have served their school very long, mean over schools."),
    Outcome("evidence.level", "level", "Strength of the evidence for practices in use, mean."),
    Outcome("repertoires.alike", "share", "What both of two schools at work together hold, of what either holds, mean over partnerships."),
    Outcome("needs.own", "share", "Partnerships that work on the partner's own need."),
    Outcome("hours.developing", "hours/year", "Hours of training, enquiry and analysis of needs.", "years"),
    Outcome("hours.following", "hours/year", "Hours of contact after the task, both sides.", "years"),
    Outcome("hours.coaching", "hours/year", "Hours advanced skills teachers give colleagues at home.", "years"),
    Outcome("segregation.gorard", "share", "Gorard's GS of pupils on free school meals among all pupils, over schools."),
)  # fmt: skip

#: Every outcome by name; the order is that of a series' columns.
OUTCOMES: Final[Mapping[str, Outcome]] = {outcome.name: outcome for outcome in _ALL}
#: Column of each outcome in a series.
PLACE: Final[Mapping[str, int]] = {name: place for place, name in enumerate(OUTCOMES)}
