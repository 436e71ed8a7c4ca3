"""Every column of the state, in groups by whom they belong to.

Rows: a school keeps its row for the whole run; a teacher's row is a post, in which people follow one another, and the
posts of one school lie side by side (`schools.first` to `schools.past`). `uid` is the stable identity by which draws
are keyed; a row number never is. Ties, partnerships and practices are tables with free slots (`alive`). Where a column
holds a row, a slot, a practice or a half-term, -1 is none.
"""

from __future__ import annotations

from typing import ClassVar

from schoolsim.columns import WIDTH, Float32Array, Float64Array, Group, Int64Array, Record, Table

AXES = 3  # of a context: intake and place, ethos, tradition
PAIRS = 16  # teacher pairs at most in one partnership
NEAREST = 10  # schools a family can choose among
MEMBERS = 16  # schools at most in one network
REMEMBERED = 256  # introductions each broker can still name
GROUPS = 2  # of families: better off, and on free school meals
HALF_TERMS = 6  # a year
NEVER_ENDS = 1_000_000  # half-term in which a programme without an end ends


class Practices(Group):
    """A row a practice; the last `practice.slots` rows wait for practices created in the run."""

    shapes: ClassVar = {"home": AXES}
    alive: Int64Array
    free: Int64Array  # of row 0: all slots before this one are in use
    kind: Float64Array  # technical 0 .. values-laden 1
    tacit: Float64Array  # share that cannot be written down
    hours: Float64Array  # joint hours to 95% mastery were every factor one
    dependence: Float64Array  # on context
    home: Float64Array  # (practice, axis) context it was made for
    effect: Float64Array  # pupil standard deviations at full, tuned mastery
    appeal: Float64Array  # how good it looks, 0..1
    born: Int64Array  # half-term; BEFORE_THE_RUN for the first ones
    parent: Int64Array  # the two practices it grew out of, -1 for the first ones
    other_parent: Int64Array
    evidence: Float64Array  # how well what it does is known, 0..1
    scope: Int64Array  # whom it takes: 0 one teacher, 1 a department, 2 a school


class Schools(Group):
    """A row a school."""

    shapes: ClassVar = {"context": AXES}
    uid: Int64Array
    phase: Int64Array
    authority: Int64Array
    first: Int64Array  # row of the first post
    past: Int64Array  # row after the last post
    staff: Int64Array  # posts
    east: Float64Array  # km
    north: Float64Array  # km
    roll: Float64Array  # pupils
    poor: Float64Array  # pupils on free school meals
    capacity: Float64Array  # places
    context: Float64Array  # (school, axis), context standard deviations
    first_tie: Int64Array  # head of its list of ties
    # results
    intake: Float64Array  # attainment its pupils bring, pupil sd
    progress: Float64Array  # mean effect of its staff this half-term, pupil sd
    progress_start: Float64Array  # as the policy began
    value: Float64Array  # smoothed progress: what a value-added measure would see
    value_start: Float64Array
    published: Float64Array  # percentage points
    standing: Float64Array  # published result, standardised within phase
    neediest: Int64Array  # among the lowest third of its phase as the policy began
    # accountability
    known_standing: Float64Array  # standing as parents and other schools know it
    stakes: Float64Array  # pressure on the school, 0..1
    felt_stakes: Float64Array  # those that reach the staff, 0..1
    effort: Float64Array  # what pressure adds to teaching, pupil sd
    grade: Int64Array  # of the last inspection, 1 best to 4 failed; 0 none yet
    near_inspection: Int64Array
    # head
    tone: Float64Array  # toward learning from others, 0..1
    protection: Float64Array  # of those who try and fail, 0..1
    communication: Float64Array  # 0..1
    closed: Int64Array  # keeps the gate shut
    bidding: Float64Array  # skill in bids, 0..1
    distributed: Float64Array  # how far leadership is shared out, 0..1
    parochial: Float64Array  # reluctance to share beyond the gates, 0..1
    tenure: Float64Array  # years in post
    head_since: Int64Array  # half-term
    # staff and hours
    confidence: Float64Array  # mean over staff
    transfer: Float64Array  # mean over staff
    openness: Float64Array  # mean over staff
    guardians: Float64Array  # share of staff who have served very long
    slack: Float64Array  # time its finances leave, 1 when 95% full
    hours: Float64Array  # each teacher's formal hours for work with other schools, this half-term
    home_hours: Float64Array  # extra in-school hours a teacher, bought with money not spent outside
    bidding_hours: Float64Array  # asked of leaders this half-term, the school's sum
    evaluation_hours: Float64Array
    award_hours: Float64Array
    contact_kept: Float64Array  # share of the contact at a distance asked of it that it has the hours for
    # learning from others
    need: Int64Array  # practice it would most like to improve
    needs_analysed: Float64Array  # rigour of its last analysis of needs, 0..1
    commitments: Int64Array  # partnerships it is in
    originated: Int64Array  # has ever been an originator
    gave: Float64Array  # hours its staff have given in joint work, as far as remembered
    received: Float64Array  # hours they were given
    closest_familiarity: Float64Array  # of its most familiar partner
    renown: Float64Array  # how well others can find out what it is good at, without knowing it, 0..1
    urging: Float64Array  # how hard a broker it trusts urges it on, 0..1
    network: Int64Array  # it joined last, of those it is a member of: its row plus one, 0 for none
    academy_trust: Int64Array  # number of the trust that runs it, by lowest uid as the run began; 0 for none
    federation: Int64Array  # number of the federation it is in, in the same way
    joined_share: Float64Array  # of the pairs of that trust's schools, share that began as partners
    area: Int64Array  # row of the parameters whose levers are in force here
    internal_post: Int64Array  # of the senior teacher who brokers inside
    internal_uid: Int64Array  # who it is
    internal_knowledge: Float64Array  # how well they know who is good at what, 0..1
    advanced: Int64Array  # its advanced skills teachers
    leaders: Int64Array  # posts of middle leaders
    climate: Float64Array  # what lasts of what a school adds, pupil sd: its place, its head and ways
    area_climate: Float64Array  # of that, what belongs to its place and is its neighbours' too
    # programmes
    role: Int64Array  # in the programme it joined last: 0 neither, 1 originator, 2 partner
    badge: Float64Array
    award: Int64Array  # practice accredited


class Repertoires(Group):
    """What each school's staff hold on average, and how foreign its context is to a practice: (school, practice)."""

    shapes: ClassVar = {"mastery": WIDTH, "distance": WIDTH, "refined": WIDTH}
    mastery: Float32Array  # mean over staff, 0..1
    refined: Float32Array  # how far exchange has improved it here, 0..1
    distance: Float32Array  # unfamiliarity of the context, 0..1


class Roster(Group):
    """Schools in order of authority and uid, so that a drawn place means a school, whatever its row."""

    order: Int64Array  # rows of schools


class Authorities(Group):
    """A row an authority."""

    first: Int64Array  # place of its first school in the roster
    past: Int64Array  # place after its last
    area: Int64Array  # row of the parameters whose levers are in force in all its schools


class Teachers(Group):
    """A row a post and the person in it."""

    uid: Int64Array  # of the person
    school: Int64Array
    department: Int64Array  # subject, in a secondary school
    role: Int64Array  # 0 class teacher, 1 middle leader, 2 advanced skills teacher
    years: Float64Array  # in post
    confidence: Float64Array  # that one has something to share, 0..1
    resting_confidence: Float64Array  # what it relaxes to
    openness: Float64Array  # to what is unlike the own school, 0..1
    enterprise: Float64Array  # self-effacing 0 .. entrepreneurial 1
    transfer: Float64Array  # skill in passing practice on, 0..1
    learning: Float64Array  # meta-practice: how fast they learn from any episode, 0..1
    values: Float64Array  # technical 0 .. values-laden 1
    values_start: Float64Array  # those they came with
    anchor: Float64Array  # how firmly they hold to them, 0..1
    skill: Float64Array  # effect on pupils apart from the practices, pupil sd
    dependence: Float64Array  # on being helped, 0..1
    enquiring: Int64Array  # holds a scholarship this year
    learnt_in: Int64Array  # programme in whose pairs they first learnt; 0 none
    gave_in: Int64Array  # and first passed practice on
    focus: Int64Array  # practice worked on: at home, or with another school
    focus_age: Int64Array  # half-terms
    topic: Int64Array  # what talk at home is of where nobody there knows more of the focus
    talked_of: Int64Array  # practice in which this half-term's in-school learning was
    pairs: Int64Array  # pairs they work in this half-term
    load: Int64Array  # new practices being learned this half-term
    load_before: Int64Array  # the same last half-term
    hours_out: Float64Array  # of class this half-term
    effect: Float64Array  # on pupils this half-term, pupil sd
    first_tie: Int64Array  # head of the list of ties to people elsewhere
    best_tie: Int64Array  # tie to the best friend in another school
    gain_mastery: Float64Array  # this half-term's in-school learning, settled together
    gain_tuning: Float64Array
    gain_ownership: Float64Array
    gain_confidence: Float64Array
    gain_transfer: Float64Array
    gain_learning: Float64Array


class Knowledge(Group):
    """How each teacher holds each practice: (post, practice), each level 0..1, and for how long."""

    shapes: ClassVar = {"mastery": WIDTH, "tuning": WIDTH, "ownership": WIDTH, "years": WIDTH}
    mastery: Float32Array
    tuning: Float32Array
    ownership: Float32Array
    years: Float32Array  # for which the teacher has used it


class Ties(Group):
    """A row a tie between two schools, their heads and staff as a whole: `a` has the lower uid."""

    alive: Int64Array
    free: Int64Array  # of row 0: all slots before this one are in use
    a: Int64Array
    b: Int64Array
    next_a: Int64Array  # next tie in the list of `a`
    next_b: Int64Array
    partnership: Int64Array  # slot of the last one begun on it
    trust_ab: Float64Array  # of a in b
    trust_ba: Float64Array
    resting_ab: Float64Array  # what the one's trust settles at on an unused tie
    resting_ba: Float64Array  # and the other's
    familiarity: Float64Array
    balance: Float64Array  # hours a has given b beyond what b gave a
    rivalry: Float64Array
    miles: Float64Array
    hours: Float64Array  # of joint work this half-term
    hostile: Int64Array  # fallen out
    news: Float64Array  # how well each knows what the other is good at from a network that both are in, 0..1


class TeacherTies(Group):
    """A row a tie between two people in different schools: `a` and `b` are posts."""

    alive: Int64Array
    free: Int64Array  # of row 0, as of ties
    a: Int64Array
    b: Int64Array
    next_a: Int64Array  # next tie in the list of `a`
    next_b: Int64Array
    trust_ab: Float64Array  # of a in b
    trust_ba: Float64Array
    familiarity: Float64Array
    hours: Float64Array  # of joint work this half-term
    gain: Float64Array  # of mastery in it
    engagement: Float64Array  # of the learner in it


class Partnerships(Group):
    """A row a partnership: two schools at joint work."""

    shapes: ClassVar = dict.fromkeys(("giver", "giver_uid", "learner", "learner_uid"), PAIRS)
    alive: Int64Array
    free: Int64Array  # of row 0, as of ties
    uid: Int64Array
    originator: Int64Array
    partner: Int64Array
    tie: Int64Array
    mode: Int64Array
    focus: Int64Array  # practice worked on
    back: Int64Array  # practice offered in return
    own_need: Int64Array  # the focus is the need the partner has
    began: Int64Array  # half-term
    due: Int64Array  # half-term in which the task ends
    refocused: Int64Array  # half-term of the last choice of focus
    imposed: Int64Array
    programme: Int64Array  # row of the programme it belongs to; 0 is own initiative
    network: Int64Array  # it is a strand of: its row plus one, 0 for none
    collegial: Int64Array  # it has outlived its first task
    pounds: Float64Array  # granted this half-term
    common: Float64Array  # of these, what its trust or federation pays
    demand: Float64Array  # hours a pair would use
    given: Float64Array  # originator's hours so far
    returned: Float64Array
    hours: Float64Array  # of joint work a pair, this half-term
    gain: Float64Array  # partner's mean gain of mastery, this half-term
    engagement: Float64Array
    pairs: Int64Array  # pairs at work this half-term
    contact: Int64Array  # level: 0 teachers, 1 middle leaders, 2 heads
    follow_up: Float64Array  # hours of follow-up planned, a pair and half-term
    following_up: Int64Array  # the task is done, follow-up goes on
    wanted: Float64Array  # hours a pair would use this half-term
    visits: Float64Array  # journeys, relative to those of its mode
    training: Float64Array  # hours each giver is trained this half-term
    reach: Float64Array  # share of the contact that gets to those who would change
    giver: Int64Array  # (partnership, pair) post
    giver_uid: Int64Array
    learner: Int64Array
    learner_uid: Int64Array
    working: Float64Array  # share of its hours left for the work itself, the rest goes to getting together
    foreboding: Float64Array  # share of the grant that will stop within a year
    prize: Float64Array  # grants won with this year's bid
    learnt: Float64Array  # mastery gained by a learner since it began, sum of half-terms' means
    value_start: Float64Array  # partner's value added as it was measured at the beginning


class Programmes(Group):
    """A row a programme; row 0 is what schools do on their own initiative."""

    shapes: ClassVar = dict.fromkeys(("covered", "role", "first_role", "joined", "asked"), WIDTH)
    uid: Int64Array  # of its name
    begins: Int64Array  # half-term
    ends: Int64Array  # half-term; NEVER_ENDS where it has no end
    networks: Int64Array  # row of its first network
    places: Int64Array  # partnerships it has room for now
    seeking: Int64Array  # it runs, and if it pays, its money flows
    covered: Int64Array  # (programme, school) whether the school may be in it
    role: Int64Array  # (programme, school) 0 neither, 1 originator, 2 partner
    first_role: Int64Array  # (programme, school) role in which it first joined
    joined: Int64Array  # (programme, school) half-term in which it first joined; -1 where it never did
    asked: Int64Array  # (programme, school) half-term in which it was last asked to be a partner; -1 never


class SchoolTwins(Group):
    """A row a school, as it is in the same half-term of the run without programmes; no rows where nobody compares."""

    progress: Float64Array  # pupil sd
    published: Float64Array  # percentage points


class TeacherTwins(Group):
    """A row a post: the person in it, in the run without programmes; no rows where nobody compares."""

    effect: Float64Array  # on pupils, pupil sd; NaN where the person is not in that run


class Networks(Group):
    """A row a network: several schools that meet; their joint work is in partnerships, its strands."""

    shapes: ClassVar = {"member": MEMBERS}
    alive: Int64Array
    uid: Int64Array
    kind: Int64Array  # programme.structure
    programme: Int64Array  # row
    members: Int64Array  # how many
    member: Int64Array  # (network, place) row of a school, lowest uid first
    leader: Int64Array  # row of the school that leads, or last led
    led: Int64Array  # somebody leads
    led_since: Int64Array  # half-term
    facilitated: Int64Array  # this half-term
    began: Int64Array  # half-term
    ends: Int64Array  # half-term
    met: Int64Array  # meetings so far
    news: Float64Array  # how well members know who of them is good at what, 0..1


class Brokers(Group):
    """A row a broker: somebody who brings an authority's schools together."""

    uid: Int64Array
    authority: Int64Array
    place: Int64Array  # among its authority's brokers, from 0
    visits: Float64Array  # each half-term
    skill: Float64Array  # 0..1
    introduced: Int64Array  # pairs brought together so far
    hours: Float64Array  # to spend this half-term
    spent: Float64Array
    saved: Float64Array  # hours put by for a gathering
    needs_withheld: Int64Array  # visits so far at which the need was kept from them


class BrokerKnowledge(Group):
    """What each broker knows of each school: (broker, school), 0..1."""

    shapes: ClassVar = {"strengths": WIDTH, "relations": WIDTH}
    strengths: Float64Array  # what it is good at
    relations: Float64Array  # whom it trusts


class Introductions(Group):
    """Whom each broker brought together, the last ones: row `broker` * REMEMBERED + a running number."""

    school: Int64Array
    other: Int64Array
    half_term: Int64Array
    need: Int64Array  # practice in question
    outcome: Int64Array  # 0 arranged, 1 they met, 2 they work together


class Market(Group):
    """A row a school and the zone around it."""

    shapes: ClassVar = {"choices": NEAREST, "miles": NEAREST, "cohort": GROUPS, "constant": GROUPS}
    choices: Int64Array  # (zone, place) schools its families choose among
    miles: Float64Array  # (zone, place)
    cohort: Float64Array  # (zone, group) pupils who start school each year
    constant: Float64Array  # (school, group) fitted so that the observed rolls are reproduced


class Gains(Group):
    """A row an episode of learning outside the own school, noted as it happens and settled together."""

    teacher: Int64Array
    practice: Int64Array
    mastery: Float64Array
    tuning: Float64Array
    ownership: Float64Array


class Ledger(Group):
    """Hours, pounds and counts of the half-term; rows are named in `ledger`."""

    hours: Float64Array
    pounds: Float64Array
    counts: Float64Array  # of events: transfers, partnerships begun and ended, practices created ...


class Run(Group):
    """One row: numbers of the run as a whole."""

    poor_start: Float64Array  # share of pupils on free school meals as the run began
    gains: Int64Array  # rows of `Gains` in use


class State(Table):
    """Everything a phase may read or write."""

    practices: Practices
    schools: Schools
    repertoires: Repertoires
    roster: Roster
    authorities: Authorities
    teachers: Teachers
    knowledge: Knowledge
    ties: Ties
    friends: TeacherTies
    partnerships: Partnerships
    programmes: Programmes
    networks: Networks
    brokers: Brokers
    broker_knowledge: BrokerKnowledge
    introductions: Introductions
    market: Market
    school_twins: SchoolTwins
    teacher_twins: TeacherTwins
    gains: Gains
    ledger: Ledger
    run: Run


class Clock(Record):
    """Where in time a phase runs; half-term 0 is when the policy begins."""

    fields: ClassVar = {"seed": "i8", "half_term": "i8"}
    seed: int
    half_term: int

    @property
    def year_begins(self) -> bool:
        """Whether this half-term is the first of a school year."""
        return self.half_term % HALF_TERMS == 0

    @property
    def year_ends(self) -> bool:
        """Whether this half-term is the last of a school year."""
        return self.half_term % HALF_TERMS == HALF_TERMS - 1
