"""Columns of networks of schools, and of what brokers remember; the state holds one group of each."""

from __future__ import annotations

from schoolsim.system.columns import Columns, Reals, Wholes

MEMBERS = 16  # schools at most in one network
REMEMBERED = 256  # introductions each broker can still name


class Networks(Columns):
    """Several schools that meet; their joint work is in partnerships, their strands."""

    shapes = {"member": MEMBERS}
    alive: Wholes
    uid: Wholes
    kind: Wholes  # programme.structure
    members: Wholes  # how many
    member: Wholes  # (network, place) row of a school, lowest uid first, -1 beyond the last
    leader: Wholes  # row of the school that leads, or last led
    led: Wholes  # somebody leads
    led_since: Wholes
    facilitated: Wholes  # this half-term
    began: Wholes
    ends: Wholes
    met: Wholes  # meetings so far
    news: Reals  # how well members know who of them is good at what, 0..1


class Introductions(Columns):
    """Whom each broker brought together, the last ones: entry `broker` * REMEMBERED + a running number."""

    one: Wholes
    two: Wholes
    half_term: Wholes
