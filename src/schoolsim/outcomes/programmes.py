"""Programmes: their effects against the run without any, and changes of policy that close them."""

from __future__ import annotations

from schoolsim.outcomes.outcome import PP, Account, Outcome, Pass
from schoolsim.system.state.ledger import (
    CHANGED_MODE,
    JOINED,
    REFILLED,
    REFUSED_GATE,
    REFUSED_ROOM,
    REFUSED_UNWILLING,
    RENEWED,
    REPLACED,
    RESETS,
    UNFILLED,
)

IN_PASS = Pass("programmes")

OUTCOMES = (
    Outcome("effect.mean", PP, "What teaching adds, against the same schools without any programme; mean over pupils.", IN_PASS, label="Effect on all pupils", phrase="the effect on all pupils", quantity="progress"),
    Outcome("effect.member", PP, "The same, mean over schools that ever joined a programme.", IN_PASS, label="Effect in a programme's schools", phrase="the effect in a programme's schools", quantity="progress"),
    Outcome("effect.partner", PP, "The same, mean over schools that first joined as partners or members.", IN_PASS, label="Effect in partner schools", phrase="the effect in partner schools", quantity="progress"),
    Outcome("effect.originator", PP, "The same, mean over schools that first joined as originators.", IN_PASS, label="Effect in originators", phrase="the effect in originators", quantity="progress"),
    Outcome("effect.neither", PP, "The same, mean over schools that never joined: spillover.", IN_PASS, label="Effect in schools outside programmes", phrase="the spillover to schools outside programmes", quantity="progress"),
    Outcome("effect.partner_now", PP, "The same, mean over schools that are partners or members now.", IN_PASS, label="Effect in present partners", phrase="the effect in schools that are partners now", quantity="progress"),
    Outcome("effect.originator_now", PP, "The same, mean over schools that are originators now.", IN_PASS, label="Effect in present originators", phrase="the effect in schools that are originators now", quantity="progress"),
    Outcome("effect.learners", PP, "Effect on pupils of teachers who learnt in a programme, against the same people without it.", IN_PASS, label="Effect in learners' classes", phrase="the effect in the classes of teachers who learnt in a programme", quantity="progress"),
    Outcome("effect.givers", PP, "The same, of teachers who only passed practice on.", IN_PASS, label="Effect in givers' classes", phrase="the effect in the classes of teachers who passed practice on", quantity="progress"),
    Outcome("effect.colleagues", PP, "The same, of teachers of partner schools who took no part.", IN_PASS, label="Effect in colleagues' classes", phrase="the effect in the classes of partner schools' other teachers", quantity="progress"),
    Outcome("effect.results", PP, "Published results of partner schools, against the same schools without any programme.", IN_PASS, label="Effect on partners' published results", phrase="the effect on partner schools' published results", quantity="attainment"),
    Outcome("effect.unpaired", "share", "Teachers in post who are not in the run without programmes, so that nobody compares with them.", IN_PASS, label="Teachers without a counterpart", phrase="the share of teachers without a counterpart"),
    Outcome("places.filled", "share", "Places of programmes that somebody fills, while they run and their money is paid.", IN_PASS, label="Share of places filled", phrase="the share of a programme's places that are filled"),
    Outcome("places.joined", "partnerships/year", "Places filled anew.", Account("counts", JOINED), "years", label="Places filled a year", phrase="the number of places filled anew a year"),
    Outcome("places.replaced", "partnerships/year", "Of these, in a programme's second year or later.", Account("counts", REPLACED), "years", label="Places filled again a year", phrase="the number of places filled again a year"),
    Outcome("refused.gate", "refusals/year", "Schools asked into a programme whose head kept the gate shut.", Account("counts", REFUSED_GATE), "years", label="Refusals by a shut gate", phrase="the number of refusals a year by heads who keep the gate shut"),
    Outcome("refused.room", "refusals/year", "Schools asked into a programme that had no room for another partnership or network.", Account("counts", REFUSED_ROOM), "years", label="Refusals for want of room", phrase="the number of refusals a year for want of room"),
    Outcome("refused.unwilling", "refusals/year", "Schools asked into a programme that were not willing.", Account("counts", REFUSED_UNWILLING), "years", label="Refusals by the unwilling", phrase="the number of refusals a year by schools that are not willing"),
    Outcome("partnerships.renewed", "partnerships/year", "Finished tasks followed by another one of the same two schools, paid by a programme.", Account("counts", RENEWED), "years", label="Tasks renewed a year", phrase="the number of tasks renewed a year"),
    Outcome("pairs.refilled", "pairs/year", "Pairs that had lost a teacher and found another.", Account("counts", REFILLED), "years", label="Pairs refilled a year", phrase="the number of pairs refilled a year"),
    Outcome("modes.changed", "partnerships/year", "Partnerships that changed their mode.", Account("counts", CHANGED_MODE), "years", label="Changes of mode a year", phrase="the number of partnerships a year that change their mode"),
    Outcome("pounds.unfilled", "pounds/year", "Money returned because nobody filled the place it was for.", Account("pounds", UNFILLED), "years", label="Money of empty places", phrase="the money returned for empty places"),
    Outcome("policy.resets", "resets/year", "Changes of policy that closed the programme's schemes.", Account("counts", RESETS), "years", label="Schemes closed by changes of policy", phrase="the number of times a year that a change of policy closes the programme's schemes"),
)  # fmt: skip
