"""Learning from others: transfers, and how able people are to learn and to pass on."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome, Pass
from schoolsim.system.state.ledger import (
    AT_HOME,
    DEVELOPING,
    FOLLOWING,
    LEARNT_FRIENDS,
    LEARNT_HOME,
    LEARNT_MEETINGS,
    LEARNT_PARTNERS,
    LEARNT_PROGRAMME,
    LEARNT_WEBSITE,
    READING,
    TALK,
    TRANSFERS,
)

IN_PASS = Pass("learning")

OUTCOMES = (
    Outcome("transfers.year", "transfers/year", "Teachers who came to master a practice by half through others in another school.", Account("counts", TRANSFERS), "years", label="Transfers of practice a year", phrase="the number of transfers of practice a year"),
    Outcome("learning.mean", "level", "How fast teachers learn from any episode (meta-practice), mean.", IN_PASS, label="Teachers' skill in learning", phrase="teachers' skill in learning from joint work"),
    Outcome("transfer.mean", "level", "Skill in passing practice on, mean over teachers.", IN_PASS, label="Teachers' skill in passing on", phrase="teachers' skill in passing practice on"),
    Outcome("dependence.mean", "level", "Dependency on being helped, mean over teachers.", IN_PASS, label="Teachers' dependency on help", phrase="teachers' dependency on help"),
    Outcome("learnt.home", "mastery/year", "Mastery gained from colleagues of the own school, summed over teachers.", Account("counts", LEARNT_HOME), "years", label="Learnt from colleagues a year", phrase="what is learnt from colleagues a year"),
    Outcome("learnt.programme", "mastery/year", "Mastery gained in programmes' partnerships.", Account("counts", LEARNT_PROGRAMME), "years", label="Learnt in programmes a year", phrase="what is learnt in programmes a year"),
    Outcome("learnt.partners", "mastery/year", "Mastery gained in partnerships of schools' own.", Account("counts", LEARNT_PARTNERS), "years", label="Learnt from partners a year", phrase="what is learnt in partnerships of schools' own a year"),
    Outcome("learnt.friends", "mastery/year", "Mastery gained from friends in other schools.", Account("counts", LEARNT_FRIENDS), "years", label="Learnt from friends a year", phrase="what is learnt from friends in other schools a year"),
    Outcome("learnt.meetings", "mastery/year", "Mastery gained at meetings and on visits.", Account("counts", LEARNT_MEETINGS), "years", label="Learnt at meetings a year", phrase="what is learnt at meetings and on visits a year"),
    Outcome("learnt.website", "mastery/year", "Mastery gained by reading on a website.", Account("counts", LEARNT_WEBSITE), "years", label="Learnt by reading a year", phrase="what is learnt by reading on a website a year"),
    Outcome("hours.home", "hours/year", "Hours of talk about practice between colleagues, both sides.", Account("hours", AT_HOME), "years", label="Time in talk with colleagues", phrase="the time spent in talk about practice with colleagues"),
    Outcome("hours.talk", "hours/year", "Hours that friends in different schools, and heads, spend in talk.", Account("hours", TALK), "years", label="Time in talk with friends elsewhere", phrase="the time spent in talk with friends and heads elsewhere"),
    Outcome("hours.reading", "hours/year", "Hours spent reading on a website.", Account("hours", READING), "years", label="Time in reading", phrase="the time spent reading on a website"),
    Outcome("hours.developing", "hours/year", "Hours of training, enquiry and analysis of needs.", Account("hours", DEVELOPING), "years", label="Time in training and enquiry", phrase="the time spent on training, enquiry and analysis of needs"),
    Outcome("hours.following", "hours/year", "Hours of contact after the task, both sides.", Account("hours", FOLLOWING), "years", label="Time in follow-up", phrase="the time spent on follow-up after the task"),
)  # fmt: skip
