"""Programmes: their effects against the run without any, and changes of policy that close them."""

from __future__ import annotations

from schoolsim.outcomes.outcome import PP, Account, Outcome, Pass
from schoolsim.system.state.ledger import RESETS

IN_PASS = Pass("programmes")

OUTCOMES = (
    Outcome("effect.mean", PP, "What teaching adds, against the same schools without any programme; mean over pupils.", IN_PASS, label="Effect on all pupils", phrase="the effect on all pupils"),
    Outcome("effect.member", PP, "The same, mean over schools that ever joined a programme.", IN_PASS, label="Effect in a programme's schools", phrase="the effect in a programme's schools"),
    Outcome("effect.partner", PP, "The same, mean over schools that first joined as partners or members.", IN_PASS, label="Effect in partner schools", phrase="the effect in partner schools"),
    Outcome("effect.originator", PP, "The same, mean over schools that first joined as originators.", IN_PASS, label="Effect in originators", phrase="the effect in originators"),
    Outcome("effect.neither", PP, "The same, mean over schools that never joined: spillover.", IN_PASS, label="Effect in schools outside programmes", phrase="the spillover to schools outside programmes"),
    Outcome("effect.partner_now", PP, "The same, mean over schools that are partners or members now.", IN_PASS, label="Effect in present partners", phrase="the effect in schools that are partners now"),
    Outcome("effect.originator_now", PP, "The same, mean over schools that are originators now.", IN_PASS, label="Effect in present originators", phrase="the effect in schools that are originators now"),
    Outcome("effect.learners", PP, "Effect on pupils of teachers who learnt in a programme, against the same people without it.", IN_PASS, label="Effect in learners' classes", phrase="the effect in the classes of teachers who learnt in a programme"),
    Outcome("effect.givers", PP, "The same, of teachers who only passed practice on.", IN_PASS, label="Effect in givers' classes", phrase="the effect in the classes of teachers who passed practice on"),
    Outcome("effect.colleagues", PP, "The same, of teachers of partner schools who took no part.", IN_PASS, label="Effect in colleagues' classes", phrase="the effect in the classes of partner schools' other teachers"),
    Outcome("effect.results", PP, "Published results of partner schools, against the same schools without any programme.", IN_PASS, label="Effect on partners' published results", phrase="the effect on partner schools' published results"),
    Outcome("effect.unpaired", "share", "Teachers in post who are not in the run without programmes, so that nobody compares with them.", IN_PASS, label="Teachers without a counterpart", phrase="the share of teachers without a counterpart"),
    Outcome("policy.resets", "resets/year", "Changes of policy that closed the programme's schemes.", Account("counts", RESETS), "years", label="Schemes closed by changes of policy", phrase="the number of times a year that a change of policy closes the programme's schemes"),
)  # fmt: skip
