"""Columns of practices, schools and teachers; the state holds one group of each."""

from __future__ import annotations

from schoolsim.system.columns import Columns, Reals, Wholes

AXES = 3  # of a context: intake and place, ethos, tradition


class Practices(Columns):
    """One entry a practice; the last `practice.slots` entries wait for practices created in the run."""

    shapes = {"home": AXES}
    alive: Wholes
    free: Wholes  # of row 0: all slots before this one are in use
    kind: Reals  # technical 0 .. values-laden 1
    tacit: Reals  # share that cannot be written down
    hours: Reals  # joint hours to 95% mastery were every factor one
    dependence: Reals  # on context
    home: Reals  # (practice, axis) context it was made for
    effect: Reals  # pupil standard deviations at full, tuned mastery
    appeal: Reals  # how good it looks
    born: Wholes  # half-term, very early for the first ones
    evidence: Reals  # how well what it does is known, 0..1
    scope: Wholes  # whom it takes: 0 one teacher, 1 a department, 2 a school


class Schools(Columns):
    """One entry a school."""

    shapes = {"context": AXES}
    uid: Wholes
    phase: Wholes
    authority: Wholes
    first: Wholes  # row of the first post
    past: Wholes  # row after the last post
    east: Reals  # km
    north: Reals
    roll: Reals  # pupils
    poor: Reals  # pupils on free school meals
    capacity: Reals
    context: Reals  # (school, axis)
    intake: Reals  # attainment its pupils bring, standard deviations
    value: Reals  # smoothed staff effect, what a value-added measure would see
    value_start: Reals
    published: Reals  # percentage points
    standing: Reals  # published result, standardised within phase
    progress: Reals  # staff effect this half-term, pupil standard deviations
    progress_start: Reals
    badge: Reals
    role: Wholes  # in the programme: 0 neither, 1 originator, 2 partner
    tone: Reals
    protection: Reals
    communication: Reals
    closed: Wholes  # head keeps the gate shut
    confidence: Reals  # staff mean
    transfer: Reals  # staff mean
    slack: Reals
    hours: Reals  # each teacher's formal hours for work with other schools
    home_hours: Reals  # extra in-school hours a teacher, bought with money not spent outside
    commitments: Wholes  # partnerships it is in
    need: Wholes  # practice it would most like to improve
    originated: Wholes  # has ever been the originator
    needy: Wholes  # among the lowest third of its phase as the policy began
    staff: Wholes  # posts
    bidding: Reals  # head's skill in bids
    distributed: Reals  # how far leadership is shared out
    parochial: Reals  # head's reluctance to share beyond the gates
    tenure: Reals  # head's years in post
    seen: Reals  # standing as parents and other schools know it
    pressure: Reals  # stakes on the school
    felt: Reals  # stakes that reach the staff
    effort: Reals  # what pressure adds to teaching, pupil standard deviations
    grade: Wholes  # of the last inspection, 1 best to 4 failed; 0 none yet
    readying: Wholes  # an inspection is near
    bidding_hours: Reals  # asked of leaders this half-term, the school's sum
    evaluating_hours: Reals
    award_hours: Reals
    award: Wholes  # practice accredited, or -1
    head_since: Wholes  # half-term
    news: Reals  # how well it knows who in its network is good at what, 0..1
    network: Wholes  # it is a member of: its row plus one, 0 for none
    internal_post: Wholes  # of the senior teacher who brokers inside
    internal_uid: Wholes  # who it is, 0 where nobody does
    internal_knows: Reals  # how well they know who is good at what, 0..1
    advanced: Wholes  # posts for advanced skills teachers
    renown: Reals  # how well others can find out what it is good at, without knowing it, 0..1
    urged: Reals  # how hard a broker it trusts urges it on, 0..1
    gave: Reals  # hours its staff have given in joint work, as far as remembered
    received: Reals  # hours they were given
    cosy: Reals  # familiarity of its oldest partner
    guardians: Reals  # share of staff who have served very long
    in_touch: Reals  # share of the contact at a distance asked of it that it has the hours for
    analysed: Reals  # rigour of its last analysis of needs, 0..1


class Teachers(Columns):
    """One entry a post and the person in it."""

    uid: Wholes
    school: Wholes
    confidence: Reals
    rest: Reals  # the confidence they relax to
    enterprise: Reals
    transfer: Reals
    learning: Reals  # meta-practice: how fast they learn from any episode
    values: Reals
    values_start: Reals  # those they came with
    anchor: Reals  # how firmly they hold to them, 0..1
    skill: Reals  # effect on pupils apart from the practices
    years: Reals  # in post
    pairs: Wholes  # joint work they are in this half-term
    focus: Wholes  # practice worked on at home
    focus_age: Wholes
    load: Wholes  # new practices being learned this half-term
    out: Reals  # hours out of class this half-term
    effect: Reals  # on pupils this half-term, standard deviations
    gain_mastery: Reals  # this half-term's in-school learning, settled together
    gain_tuning: Reals
    gain_ownership: Reals
    gain_confidence: Reals
    gain_transfer: Reals
    gain_learning: Reals
    best_tie: Wholes
    department: Wholes  # subject, in a secondary school
    role: Wholes  # 0 class teacher, 1 middle leader, 2 advanced skills teacher
    strain: Wholes  # new practices being learned last half-term
    dependence: Reals  # on being helped, 0..1
    enquiring: Wholes  # holds a scholarship this year
