"""Practice, joint work and teachers in full (M01, M02, M05, M11, M16, M20, M21, M24, M25, M31, M42; R1, R6, R7, R10-R17)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, choice, flag, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    # Practices: what is known of them, and how many it takes.
    _uncertain("evidence.mean", 0.3, high=0.5, unit="level", meaning="Mean strength of the evidence for a practice; drawn evenly from 0 to twice this.", source="Fielding 2005 §4.2-4.3 (evidence is thin); size assumed", mechanisms=("M05",)),
    _constant("evidence.weight", 0.5, high=1.0, unit="weight", meaning="How far strong evidence turns the judgement of a teacher versed in enquiry from appeal to true effect.", source="Fielding 2005 §4.21; size assumed", mechanisms=("M05",)),
    _constant("scope.department", 0.3, high=1.0, unit="share", meaning="Share of practices that take a whole department.", source="Fielding 2005 §4.11 (classroom, department and school practices); size assumed", mechanisms=("M01", "M24")),
    _constant("scope.school", 0.2, high=1.0, unit="share", meaning="Share of practices that take a whole school.", source="Fielding 2005 §4.11; size assumed", mechanisms=("M01", "M24")),
    _constant("scope.weight", 0.4, high=1.0, unit="share", meaning="What a practice of a department or school loses when no colleague holds it.", source="Fielding 2005 §4.11: groups within a department are more effective; size assumed", mechanisms=("M01",)),
    real("scope.full", 0.5, low=0.05, high=1.0, role="constant", unit="mastery", meaning="Mean mastery among those it takes at which such a practice gives everything.", source="assumed", mechanisms=("M01",)),
    whole("department.number", 8, low=1, high=16, role="constant", unit="departments", meaning="Subject departments of a secondary school; other schools have one.", source="English, maths, science, languages, humanities, arts, technology, PE; number assumed"),
    _constant("department.pairing", 0.4, high=2.0, unit="score", meaning="Preference for pairing teachers of one subject.", source="Fielding 2005 §3.45 (subject get-togethers); size assumed", mechanisms=("M14",)),
    _constant("department.ground", 0.15, high=1.0, unit="share", meaning="Shared tacit ground of two teachers of one subject in different secondary schools.", source="Fielding 2005 §2.13, §2.26; size assumed", mechanisms=("M03",)),
    _constant("overload.start", 2.0, high=10.0, unit="practices", meaning="New practices at once that a teacher can carry.", source="Fielding 2005 §2.43 'no capacity to take anything else on board', §4.11; number assumed", mechanisms=("M02",)),
    _uncertain("overload.weight", 0.5, high=3.0, unit="1/practice", meaning="How fast learning falls with each new practice beyond those.", source="Fielding 2005 §4.11 over-committed teachers; size assumed", mechanisms=("M02",)),
    # Help and initiative.
    _uncertain("dependency.rate", 0.01, high=0.2, unit="1/hour", meaning="Dependency grown in an hour of help in which the learner has no say.", source="Fielding 2005 §2.32; size assumed", mechanisms=("M11",)),
    whole("dependency.after", 3, low=0, high=24, role="constant", unit="half-terms", meaning="Half-terms in which watching is learning; from then on it makes dependent.", source="Fielding 2005 §2.32 (useful in the early stages); length assumed", mechanisms=("M11",)),
    _constant("dependency.kept", 0.9, high=1.0, unit="share", meaning="Dependency left after a half-term.", source="assumed", mechanisms=("M11",)),
    _constant("dependency.weight", 0.6, high=1.0, unit="share", meaning="Initiative (seeking out, working on one's own) that full dependency takes.", source="Fielding 2005 §2.32; size assumed", mechanisms=("M11",)),
    flag("withdrawal.planned", False, role="lever", meaning="Whether a programme's originators hand over to their partners half-way through the task.", source="Fielding 2005 §2.32 'stage a withdrawal'", grade="seed", mechanisms=("M11",)),
    _lever("followup.hours", 0.0, high=20.0, unit="hours/half-term", meaning="Contact of each pair of a programme after its task is done or its money has stopped.", source="Fielding 2005 §2.32, recommendation 13", grade="seed", mechanisms=("M11",)),
    whole("followup.length", 6, low=1, high=30, role="lever", unit="half-terms", meaning="How long that contact lasts.", source="assumed", mechanisms=("M11",)),
    _constant("followup.sustain", 0.03, high=0.5, unit="1/hour", meaning="Ownership gained in an hour of follow-up, at full engagement.", source="Fielding 2005 §2.32 (new problems discussed as they arise); size assumed", mechanisms=("M11",)),
    _uncertain("challenge.weight", 0.3, high=2.0, unit="1", meaning="How much faster two wholly different schools learn when trust and familiarity are full and they can challenge each other.", source="Fielding 2005 §2.11, §5.2; size assumed", mechanisms=("M16",)),
    _uncertain("cosiness.weight", 0.2, high=1.0, unit="share", meaning="Discount of what an unfamiliar school brings to one that has wholly familiar partners.", source="Fielding 2005 §2.11 'less permeable', §5.2; size assumed", mechanisms=("M16",)),
    _uncertain("roles.history", 0.5, high=1.0, unit="weight", meaning="How far a school's past as giver or receiver tells in what being helped does to confidence.", source="Fielding 2005 §2.22, §2.24; size assumed", mechanisms=("M21",)),
    _constant("roles.kept", 0.95, high=1.0, unit="share", meaning="Share of that past still remembered a half-term later.", source="assumed", mechanisms=("M21",)),
    flag("leading.joint", False, role="lever", meaning="Whether originator and partner lead a programme's partnerships together.", source="Fielding 2005 recommendation 10", grade="seed", mechanisms=("M19", "M21", "M22")),
    _constant("leading.hours", 1.0, high=10.0, unit="hours/half-term", meaning="Hours a pair spends, each side, on leading together.", source="Fielding 2005 recommendation 10 (the burden); size assumed", mechanisms=("M25",)),
    _constant("leading.gap", 0.5, high=1.0, unit="share", meaning="Share of a status gap that is left where both lead.", source="Fielding 2005 §2.25; size assumed", mechanisms=("M19",)),
    # Contact, channel and kind of activity.
    choice("contact.level", "teachers", ("teachers", "middle", "heads"), role="lever", meaning="At which level a programme's partners are in contact: teachers, middle leaders or heads.", source="Fielding 2005 §3.22", grade="seed", mechanisms=("M24",)),
    _uncertain("contact.waste", 0.85, high=1.0, unit="share", meaning="Share of an episode lost when heads alone are in contact over a classroom practice and nothing is passed on.", source="Fielding 2005 §3.22; size assumed", mechanisms=("M24",)),
    _constant("contact.below", 0.3, high=1.0, unit="1", meaning="Loss by contact below the level of intended change, relative to contact above it.", source="Fielding 2005 §3.22; size assumed", mechanisms=("M24",)),
    _constant("contact.passed_on", 0.5, high=1.0, unit="share", meaning="Share of that loss a head mends who passes everything on.", source="Fielding 2005 §3.22 'yet it does often seem to happen'; size assumed", mechanisms=("M24", "M30")),
    choice("channel.programme", "mode", ("mode", "document", "website", "meeting", "visit", "coteaching", "sustained"), role="lever", meaning="Channel of a programme's joint work; mode leaves it to how the schools work.", source="Fielding 2005 §3.24, §2.12, §3.12", grade="seed", mechanisms=("M03", "M15")),
    _lever("activity.experiential", 0.4, high=1.0, unit="weight", meaning="Weight in a programme's activities of working side by side: it reaches what is tacit.", source="Fielding 2005 §3.12; default assumed", mechanisms=("M03",)),
    _lever("activity.reflective", 0.4, high=1.0, unit="weight", meaning="Weight of reflecting together: purpose, tuning and confidence.", source="Fielding 2005 §3.12; default assumed", mechanisms=("M07", "M18")),
    _lever("activity.contextual", 0.2, high=1.0, unit="weight", meaning="Weight of policy, resources and support around the work: it costs less to arrange, and schools get to know each other.", source="Fielding 2005 §3.12; default assumed", mechanisms=("M25",)),
    _constant("activity.confidence", 0.004, high=0.05, unit="1/hour", meaning="Learner's confidence gained in an hour that is reflective beyond the usual share.", source="Fielding 2005 §3.12 affective dimensions; size assumed", mechanisms=("M18",)),
    _lever("website.rate", 0.0, high=1.0, unit="chance/half-term", meaning="Chance that a wholly enterprising teacher looks up what they work on at a website of practice.", source="Fielding 2005 §3.24, §3.41", grade="seed", mechanisms=("M20",)),
    _constant("website.hours", 2.0, high=20.0, unit="hours", meaning="Own time spent on what is found there.", source="assumed", mechanisms=("M20",)),
    _lever("outreach.diffident", 0.0, high=1.0, unit="share", meaning="How far what is offered reaches the diffident as it does the enterprising.", source="Fielding 2005 recommendation 7", grade="seed", mechanisms=("M20",)),
    # Time.
    _constant("creation.first_hours", 10.0, high=100.0, unit="hours", meaning="Hours a pair has put in at which a new practice is two thirds as likely as it will be.", source="Fielding 2005 §2.41 (three or four years); size assumed", mechanisms=("M25",)),
    _lever("training.transfer_hours", 0.0, high=10.0, unit="hours/half-term", meaning="Training in how to pass practice on, for each of a programme's givers, at first.", source="Fielding 2005 §2.42, recommendation 13", grade="seed", mechanisms=("M25",)),
    _constant("training.rate", 0.05, high=0.5, unit="1/hour", meaning="Transfer skill learnt in an hour of training.", source="Fielding 2005 §2.42; size assumed", mechanisms=("M25",)),
    whole("training.length", 3, low=1, high=24, role="constant", unit="half-terms", meaning="Half-terms of training as a partnership begins.", source="assumed", mechanisms=("M25",)),
    flag("timetable.common", False, role="lever", meaning="Whether schools keep a common timetable, so that the hours of two sides coincide.", source="Fielding 2005 recommendation 16", grade="seed", mechanisms=("M25",)),
    _uncertain("timetable.coincide", 0.95, high=1.0, unit="share", meaning="Share of two sides' own hours that coincide without a common timetable.", source="Fielding 2005 §3.21, recommendation 16; size assumed", mechanisms=("M25",)),
    _constant("timetable.regular", 0.3, high=1.0, unit="share", meaning="Share of hours out of class that a common timetable moves out of lessons.", source="Fielding 2005 §3.21 (regularity); size assumed", mechanisms=("M26",)),
    # Continuity, and learning to learn.
    _constant("guardians.years", 15.0, high=40.0, unit="years", meaning="Years in one school that make a guardian of its story.", source="Fielding 2005 §3.31: 15 to 25 years", grade="seed", mechanisms=("M31",)),
    _uncertain("guardians.slow", 0.2, high=1.0, unit="share", meaning="Share of fading that a staff with guardians in plenty is spared in what the school holds.", source="Fielding 2005 §3.31; size assumed", mechanisms=("M31",)),
    _constant("guardians.source", 0.2, high=1.0, unit="share", meaning="How far a guardian makes up for want of transfer skill with colleagues.", source="Fielding 2005 §3.31; size assumed", mechanisms=("M31",)),
    _lever("meta.training_hours", 0.0, high=10.0, unit="hours/half-term", meaning="Time of each teacher of a programme's schools for how they think about and improve their practice.", source="Fielding 2005 recommendation 15", grade="seed", mechanisms=("M42",)),
    _constant("meta.training", 0.004, high=0.05, unit="1/hour", meaning="Learning to learn gained in an hour of it.", source="Fielding 2005 §4.11; size assumed", mechanisms=("M42",)),
    _lever("university.involvement", 0.0, high=1.0, unit="level", meaning="How far a university works with a programme's partnerships.", source="Fielding 2005 §3.43, recommendation 17", grade="seed", mechanisms=("M42",)),
    _constant("university.hours", 1.5, high=10.0, unit="hours/half-term", meaning="Hours it takes from a pair, each side, at full involvement.", source="assumed", mechanisms=("M25", "M42")),
    _constant("university.learning", 0.004, high=0.05, unit="1/hour", meaning="Learning to learn gained in an hour of joint work with a university.", source="Fielding 2005 §3.43; size assumed", mechanisms=("M42",)),
    _constant("university.evidence", 0.05, high=0.5, unit="1/half-term", meaning="Evidence that a partnership with a university adds on its focus.", source="Fielding 2005 §3.43; size assumed", mechanisms=("M05", "M42")),
    _lever("enquiry.share", 0.0, high=0.5, unit="share/year", meaning="Share of teachers with a scholarship for an enquiry of their own.", source="Fielding 2005 §2.41 Best Practice Research Scholarships", grade="seed", mechanisms=("M42",)),
    _constant("enquiry.hours", 10.0, high=60.0, unit="hours/half-term", meaning="Time a scholarship buys.", source="a scholarship of about 2,500 pounds, most of it cover", grade="memory", mechanisms=("M42",)),
    _constant("enquiry.learning", 0.005, high=0.05, unit="1/hour", meaning="Learning to learn gained in an hour of enquiry.", source="Fielding 2005 §2.41, §4.11; size assumed", mechanisms=("M42",)),
    _constant("enquiry.deepens", 0.01, high=0.2, unit="1/hour", meaning="Tuning and ownership of the practice enquired into gained in an hour.", source="Fielding 2005 §2.41; size assumed", mechanisms=("M42",)),
    # What a programme plans for.
    _lever("joint_practice.share", 0.0, high=1.0, unit="share", meaning="Share of a programme's partnerships planned as joint practice development: exchange or creation, with follow-up.", source="Fielding 2005 §3.13, recommendation 1", grade="seed", mechanisms=("M08", "M09")),
    _constant("joint_practice.followup", 2.0, high=20.0, unit="hours/half-term", meaning="Follow-up planned in joint practice development.", source="assumed", mechanisms=("M11",)),
    flag("matching.kind", False, role="lever", meaning="Whether a programme matches the tie to the practice: the technical replicated, the values-laden exchanged where trust allows.", source="Fielding 2005 App A, recommendation 6", grade="seed", mechanisms=("M06", "M08")),
    _lever("priorities.own", 0.0, high=1.0, unit="share", meaning="How far a programme's partners work on their own priorities.", source="Fielding 2005 recommendation 12", grade="seed", mechanisms=("M13", "M22")),
    _lever("needs.analysis", 0.0, high=1.0, unit="level", meaning="Rigour of schools' analysis of their own needs.", source="Fielding 2005 recommendation 14", grade="seed", mechanisms=("M05",)),
    _constant("needs.hours", 20.0, high=200.0, unit="hours/year", meaning="Leaders' hours a fully rigorous analysis takes.", source="assumed", mechanisms=("M25",)),
)  # fmt: skip
