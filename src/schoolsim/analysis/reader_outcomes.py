"""Words for readers: the label and the phrase of every outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class OutcomeWords:
    """How an outcome is called where people read of it.

    Args:
        label: Beside an axis or over a column; under 40 characters.
        phrase: In a sentence, singular: "... rises by 2.1 percentage points".
    """

    label: str
    phrase: str


OUTCOMES: Mapping[str, OutcomeWords] = {
    "progress.mean": OutcomeWords("Progress, all schools", "progress in all schools"),
    "progress.partner": OutcomeWords("Progress, partner schools", "progress in partner schools"),
    "progress.originator": OutcomeWords("Progress, originating schools", "progress in originating schools"),
    "progress.neither": OutcomeWords("Progress, schools not taking part", "progress in schools that take no part"),
    "progress.neediest": OutcomeWords("Progress, neediest schools", "progress in the neediest schools"),
    "progress.gap": OutcomeWords("Gap in progress by disadvantage", "the gap in progress between pupils on free school meals and others"),
    "progress.spread": OutcomeWords("Spread of progress between schools", "the spread of progress between schools"),
    "attainment.mean": OutcomeWords("Published results, all schools", "the mean published result"),
    "attainment.partner": OutcomeWords("Published results, partner schools", "the mean published result of partner schools"),
    "attainment.gap": OutcomeWords("Gap in published results", "the gap in published results by disadvantage"),
    "attainment.spread": OutcomeWords("Spread of published results", "the spread of published results between schools"),
    "gain.partner": OutcomeWords("Gain in progress, partner schools", "the gain in progress of partner schools"),
    "gain.originator": OutcomeWords("Gain in progress, originating schools", "the gain in progress of originating schools"),
    "rolls.spread": OutcomeWords("Spread of school rolls", "the spread of school rolls"),
    "segregation.dissimilarity": OutcomeWords("Segregation (dissimilarity index)", "segregation by free school meals (dissimilarity index)"),
    "segregation.gorard": OutcomeWords("Segregation (Gorard's index)", "segregation by free school meals (Gorard's index)"),
    "cover.harm": OutcomeWords("Learning lost to cover", "the learning that pupils lose while teachers are out of class"),
    "confidence.mean": OutcomeWords("Teachers' confidence, all schools", "teachers' confidence that they have something to share"),
    "confidence.partner": OutcomeWords("Teachers' confidence, partner schools", "teachers' confidence in partner schools"),
    "confidence.originator": OutcomeWords("Teachers' confidence, originators", "teachers' confidence in originating schools"),
    "practices.used": OutcomeWords("Practices in use per teacher", "the number of practices a teacher uses"),
    "originated.ever": OutcomeWords("Schools that ever originated", "the share of schools that ever originate"),
    "trust.mean": OutcomeWords("Trust between schools", "trust between schools"),
    "trust.active": OutcomeWords("Trust between working partners", "trust between schools that work together"),
    "trust.rival": OutcomeWords("Trust between rival schools", "trust between rival schools"),
    "trust.partner": OutcomeWords("Partners' trust in originators", "partners' trust in their originators"),
    "ties.degree": OutcomeWords("Ties per school", "the number of ties a school has"),
    "ties.isolated": OutcomeWords("Teachers isolated from other schools", "the share of teachers without contact in other schools"),
    "ties.hostile": OutcomeWords("Hostile ties", "the number of hostile ties"),
    "partnerships.active": OutcomeWords("Partnerships at work", "the number of partnerships at work"),
    "partnerships.replication": OutcomeWords("Partnerships that replicate", "the number of partnerships that replicate practice"),
    "partnerships.adaptation": OutcomeWords("Partnerships that adapt", "the number of partnerships that adapt practice"),
    "partnerships.exchange": OutcomeWords("Partnerships that exchange", "the number of partnerships that exchange practice"),
    "partnerships.creation": OutcomeWords("Partnerships that create", "the number of partnerships that try to create practice"),
    "partnerships.age": OutcomeWords("Age of partnerships", "the mean age of partnerships"),
    "partnerships.programme": OutcomeWords("Programme's partnerships at work", "the number of the programme's partnerships still at work"),
    "partnerships.begun": OutcomeWords("Partnerships begun a year", "the number of partnerships begun a year"),
    "partnerships.ended": OutcomeWords("Partnerships ended a year", "the number of partnerships ended a year"),
    "partnerships.courting": OutcomeWords("Partnerships still getting together", "the share of partnerships still getting together"),
    "partnerships.settled": OutcomeWords("Partnerships in settled work", "the share of partnerships in settled work"),
    "engagement.mean": OutcomeWords("Learner engagement in joint work", "learners' engagement in joint work"),
    "transfers.year": OutcomeWords("Transfers of practice a year", "the number of transfers of practice a year"),
    "practices.created": OutcomeWords("Practices created a year", "the number of practices created a year"),
    "disclosure.share": OutcomeWords("Work on an admitted weakness", "the share of joint work that starts from an admitted weakness"),
    "hours.joint": OutcomeWords("Time in joint work", "the time spent in joint work"),
    "hours.travel": OutcomeWords("Time spent on travel", "the time spent on travel"),
    "hours.bidding": OutcomeWords("Time spent on bids", "the time leaders spend on bids"),
    "hours.inspection": OutcomeWords("Time preparing for inspection", "the time spent preparing for inspection"),
    "hours.evaluation": OutcomeWords("Time evaluating partnerships", "the time spent evaluating partnerships"),
    "hours.meetings": OutcomeWords("Time in network meetings and visits", "the time spent in network meetings, visits and gatherings"),
    "hours.brokers": OutcomeWords("Time brokers spend", "the time brokers spend"),
    "hours.developing": OutcomeWords("Time in training and enquiry", "the time spent on training, enquiry and analysis of needs"),
    "hours.following": OutcomeWords("Time in follow-up", "the time spent on follow-up after the task"),
    "hours.coaching": OutcomeWords("Time in coaching at home", "the time advanced skills teachers spend coaching colleagues at home"),
    "pounds.granted": OutcomeWords("Money granted", "the money granted"),
    "pounds.cover": OutcomeWords("Money spent on cover", "the money spent on cover for joint work"),
    "pounds.home": OutcomeWords("Money originators keep at home", "the money originators keep for their own schools"),
    "pounds.returned": OutcomeWords("Money returned unspent", "the money returned unspent"),
    "pounds.unclaimed": OutcomeWords("Central money never claimed", "the central money that nobody claims"),
    "pounds.evaluation": OutcomeWords("Money spent on evaluation", "the money spent on formal evaluation"),
    "pounds.accreditation": OutcomeWords("Money spent on accreditation", "the money spent on accreditation"),
    "pounds.facilitator": OutcomeWords("Money spent on facilitators", "the money spent on facilitators"),
    "stakes.felt": OutcomeWords("Stakes felt by staff", "the pressure of the stakes that staff feel"),
    "novelty.tried": OutcomeWords("Teachers trying uncommon practice", "the share of teachers who try an uncommon practice"),
    "bids.made": OutcomeWords("Bids made a year", "the number of bids made a year"),
    "bids.skill": OutcomeWords("Winners' lead in bidding skill", "the winners' lead in bidding skill"),
    "focus.drifted": OutcomeWords("Partnerships drawn to a fund's theme", "the number of partnerships a year that take the fund's theme for their focus"),
    "gate.blocked": OutcomeWords("Approaches blocked by heads", "the number of approaches a year that heads block"),
    "heads.ties": OutcomeWords("Ties brought by new heads", "the number of ties a year that heads bring to a new school"),
    "policy.resets": OutcomeWords("Schemes closed by changes of policy", "the number of times a year that a change of policy closes the programme's schemes"),
    "evaluation.stopped": OutcomeWords("Partnerships stopped by evaluation", "the number of partnerships a year that formal evaluation stops"),
    "evaluation.wrong": OutcomeWords("Sound partnerships stopped", "the number of sound partnerships a year that formal evaluation stops"),
    "evaluation.turned": OutcomeWords("Changes of focus after evaluation", "the number of changes of focus a year after informal evaluation"),
    "accreditation.awards": OutcomeWords("Practices accredited a year", "the number of practices accredited a year"),
    "accreditation.requests": OutcomeWords("Requests for accredited practice", "the number of requests a year for accredited practice"),
    "accreditation.cold": OutcomeWords("Requests from schools without a tie", "the number of requests a year from schools without a tie"),
    "network.density": OutcomeWords("Density of ties", "the density of ties between schools"),
    "network.reach": OutcomeWords("Schools within two steps", "the share of schools within two steps of a school"),
    "network.clustering": OutcomeWords("Clustering of ties (transitivity)", "the clustering of ties (transitivity)"),
    "network.hubs": OutcomeWords("Concentration of ties in hubs", "the concentration of ties in few schools"),
    "network.holes": OutcomeWords("Structural holes around schools", "the reach of schools' ties across structural holes"),
    "network.isolated": OutcomeWords("Isolated schools", "the share of schools that are isolated"),
    "networks.led": OutcomeWords("Networks with a leader", "the number of networks with a leader"),
    "networks.news": OutcomeWords("Members' knowledge of each other", "members' knowledge of who in their network is good at what"),
    "broker.knowledge": OutcomeWords("Brokers' knowledge of schools", "brokers' knowledge of schools"),
    "broker.introductions": OutcomeWords("Introductions by brokers a year", "the number of introductions by brokers a year"),
    "learning.mean": OutcomeWords("Teachers' skill in learning", "teachers' skill in learning from joint work"),
    "transfer.mean": OutcomeWords("Teachers' skill in passing on", "teachers' skill in passing practice on"),
    "load.mean": OutcomeWords("New practices a teacher is learning", "the number of new practices a teacher is learning"),
    "dependence.mean": OutcomeWords("Teachers' dependency on help", "teachers' dependency on help"),
    "guardians.share": OutcomeWords("Guardians of the school's history", "the share of teachers who are guardians of their school's history"),
    "evidence.level": OutcomeWords("Evidence for practices in use", "the strength of the evidence for practices in use"),
    "repertoires.alike": OutcomeWords("Likeness of partners' repertoires", "the likeness of partners' repertoires"),
    "needs.own": OutcomeWords("Work on the partner's own need", "the share of partnerships that work on the partner's own need"),
}  # fmt: skip
"""Every outcome of the catalogue."""
