"""Evaluation of partnerships, and accreditation of practice."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Measure, Outcome
from schoolsim.system.state.ledger import AWARDS, EVALUATED, REQUESTS, REQUESTS_COLD, STOPPED, STOPPED_WRONGLY, TURNED

OUTCOMES = (
    Outcome("evaluation.stopped", "partnerships/year", "Partnerships stopped by formal evaluation.", Account("counts", STOPPED), "years"),
    Outcome("evaluation.wrong", "partnerships/year", "Those of them whose learners had gained a tenth of full mastery or more.", Account("counts", STOPPED_WRONGLY), "years"),
    Outcome("evaluation.turned", "partnerships/year", "Times informal evaluation turned a partnership to another focus.", Account("counts", TURNED), "years"),
    Outcome("hours.evaluation", "hours/year", "Hours spent on evaluating partnerships.", Account("hours", EVALUATED), "years"),
    Outcome("pounds.evaluation", "pounds/year", "Money spent on formal evaluation.", Account("pounds", EVALUATED), "years"),
    Outcome("accreditation.awards", "awards/year", "Practices accredited.", Account("counts", AWARDS), "years"),
    Outcome("accreditation.requests", "requests/year", "Calls by schools in need of what was accredited.", Account("counts", REQUESTS), "years"),
    Outcome("accreditation.cold", "requests/year", "Those of them from schools without a tie.", Account("counts", REQUESTS_COLD), "years"),
    Outcome("pounds.accreditation", "pounds/year", "Schools' own money spent on awards, and money spent on telling others of them.", Measure("evaluation", "accreditation_pounds"), "years"),
)  # fmt: skip
