"""Evaluation of partnerships, and accreditation of practice."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Measure, Outcome
from schoolsim.system.state.ledger import AWARDS, EVALUATED, REQUESTS, REQUESTS_COLD, STOPPED, STOPPED_WRONGLY, TURNED

OUTCOMES = (
    Outcome("evaluation.stopped", "partnerships/year", "Partnerships stopped by formal evaluation.", Account("counts", STOPPED), "years", label="Partnerships stopped by evaluation", phrase="the number of partnerships a year that formal evaluation stops"),
    Outcome("evaluation.wrong", "partnerships/year", "Those of them whose learners had gained a tenth of full mastery or more.", Account("counts", STOPPED_WRONGLY), "years", label="Sound partnerships stopped", phrase="the number of sound partnerships a year that formal evaluation stops"),
    Outcome("evaluation.turned", "partnerships/year", "Times informal evaluation turned a partnership to another focus.", Account("counts", TURNED), "years", label="Changes of focus after evaluation", phrase="the number of changes of focus a year after informal evaluation"),
    Outcome("hours.evaluation", "hours/year", "Hours spent on evaluating partnerships.", Account("hours", EVALUATED), "years", label="Time evaluating partnerships", phrase="the time spent evaluating partnerships"),
    Outcome("pounds.evaluation", "pounds/year", "Money spent on formal evaluation.", Account("pounds", EVALUATED), "years", label="Money spent on evaluation", phrase="the money spent on formal evaluation"),
    Outcome("accreditation.awards", "awards/year", "Practices accredited.", Account("counts", AWARDS), "years", label="Practices accredited a year", phrase="the number of practices accredited a year"),
    Outcome("accreditation.requests", "requests/year", "Calls by schools in need of what was accredited.", Account("counts", REQUESTS), "years", label="Requests for accredited practice", phrase="the number of requests a year for accredited practice"),
    Outcome("accreditation.cold", "requests/year", "Those of them from schools without a tie.", Account("counts", REQUESTS_COLD), "years", label="Requests from schools without a tie", phrase="the number of requests a year from schools without a tie"),
    Outcome("pounds.accreditation", "pounds/year", "Schools' own money spent on awards, and money spent on telling others of them.", Measure("evaluation", "accreditation_pounds"), "years", label="Money spent on accreditation", phrase="the money spent on accreditation"),
)  # fmt: skip
