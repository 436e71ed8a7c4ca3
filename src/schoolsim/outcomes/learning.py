"""Learning from others: transfers, and how able people are to learn and to pass on."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome, Pass
from schoolsim.system.state.ledger import DEVELOPING, FOLLOWING, TRANSFERS

IN_PASS = Pass("learning")

OUTCOMES = (
    Outcome("transfers.year", "transfers/year", "Teachers who came to master a practice by half through others in another school.", Account("counts", TRANSFERS), "years", label="Transfers of practice a year", phrase="the number of transfers of practice a year"),
    Outcome("learning.mean", "level", "How fast teachers learn from any episode (meta-practice), mean.", IN_PASS, label="Teachers' skill in learning", phrase="teachers' skill in learning from joint work"),
    Outcome("transfer.mean", "level", "Skill in passing practice on, mean over teachers.", IN_PASS, label="Teachers' skill in passing on", phrase="teachers' skill in passing practice on"),
    Outcome("dependence.mean", "level", "Dependency on being helped, mean over teachers.", IN_PASS, label="Teachers' dependency on help", phrase="teachers' dependency on help"),
    Outcome("hours.developing", "hours/year", "Hours of training, enquiry and analysis of needs.", Account("hours", DEVELOPING), "years", label="Time in training and enquiry", phrase="the time spent on training, enquiry and analysis of needs"),
    Outcome("hours.following", "hours/year", "Hours of contact after the task, both sides.", Account("hours", FOLLOWING), "years", label="Time in follow-up", phrase="the time spent on follow-up after the task"),
)  # fmt: skip
