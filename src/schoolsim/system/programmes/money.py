"""The programme's money: what each partnership is granted, wins with a bid, or claims (M27, M28, M29)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import in_row
from schoolsim.jit import compiled
from schoolsim.rules.codes import PURSE_BID, PURSE_CENTRAL
from schoolsim.rules.time_money import bid_hours, bid_strength, foreboding, has_money, skill_lent
from schoolsim.system.partnerships.pairs import assign_pairs
from schoolsim.system.programmes.grants import is_granted
from schoolsim.system.programmes.levers import paid_in
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import next_tie, other_end, trust_of
from schoolsim.system.state.ledger import BIDS, BIDS_WON_SKILL, DRIFTED, GRANTED, UNCLAIMED, UNFILLED
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.state.slots import in_reverse_order

NO_BID = -1.0e9  # strength of a bid that nobody wrote


@compiled
def _theme(state: State, clock: Clock) -> int:
    """What this year's fund is for: something that looks good."""
    practices = state.practices
    best, found = -1.0, 0
    for practice in range(practices.rows):
        luck = draws.uniform(clock.seed, draws.THEME, clock.half_term, practice, 0)
        fashion = practices.alive[practice] * practices.appeal[practice] * luck
        if fashion > best:
            best, found = fashion, practice
    return found


@compiled
def _granted_by(state: State, slot: int, row: int, p: Parameters) -> bool:
    partnerships = state.partnerships
    return partnerships.alive[slot] and partnerships.programme[slot] == row and is_granted(partnerships, slot, p)


@compiled
def skill_at_hand(state: State, school: int) -> float:
    """Skill in bids of a school's own head, or of one it knows who would help it with more (M28, §3.32)."""
    schools, ties = state.schools, state.ties
    best, tie = schools.bidding[school], schools.first_tie[school]
    while tie >= 0:
        other = other_end(ties, tie, school)
        if not ties.hostile[tie]:
            best = max(best, skill_lent(schools.bidding[other], trust_of(ties, tie, other)))
        tie = next_tie(ties, tie, school)
    return best


@compiled
def _bid_round(state: State, p: Parameters, clock: Clock, row: int) -> None:
    """The year's round: each partnership's better bidder writes; the strongest bids share the fund (M28)."""
    schools, partnerships, counts = state.schools, state.partnerships, state.ledger.counts
    seed, step = clock.seed, clock.half_term
    strength = np.full(partnerships.rows, NO_BID)
    skill = np.zeros(partnerships.rows)
    number = 0
    for slot in range(partnerships.rows):
        if not _granted_by(state, slot, row, p):
            continue
        partnerships.prize[slot] = 0.0
        number += 1
        bidder, other = partnerships.originator[slot], partnerships.partner[slot]
        skill[slot] = skill_at_hand(state, bidder)
        if skill_at_hand(state, other) > skill[slot]:
            bidder, skill[slot] = other, skill_at_hand(state, other)
        schools.bidding_hours[bidder] += bid_hours(skill[slot], p)
        luck = draws.normal(seed, draws.BID, step, partnerships.uid[slot], 0)
        strength[slot] = bid_strength(skill[slot], schools.confidence[bidder], luck, p)
    winners = min(number, int(p.bid_won * number + 0.5))
    if winners == 0:
        return
    theme = _theme(state, clock)
    won = in_reverse_order(strength)[:winners]
    for slot in won:
        partnerships.prize[slot] = number / winners
        drifts = draws.uniform(seed, draws.DRIFT, step, partnerships.uid[slot], 0) < p.bid_drift
        if drifts and partnerships.focus[slot] != theme:
            partnerships.focus[slot] = theme
            partnerships.own_need[slot] = 1 if theme == schools.need[partnerships.partner[slot]] else 0
            partnerships.refocused[slot] = step
            assign_pairs(state, p, clock, slot)
            counts[DRIFTED] += 1.0
    counts[BIDS] += number
    counts[BIDS_WON_SKILL] += np.sum(skill[won]) / winners - np.sum(skill) / number


@compiled
def _pay(state: State, p: Parameters, clock: Clock, row: int) -> None:
    """Pay a programme's grants of this half-term by the rule of its purse; the sum is the same whatever the rule."""
    schools, partnerships, ledger = state.schools, state.partnerships, state.ledger
    step, programmes = clock.half_term, state.programmes
    share = paid_in(programmes, row, step, p)
    if share <= 0.0 or not has_money(p):
        return
    if p.funding_purse == PURSE_BID and (step - programmes.begins[row]) % HALF_TERMS == 0:
        _bid_round(state, p, clock, row)
    number = 0
    for slot in range(partnerships.rows):
        number += _granted_by(state, slot, row, p)
    places = max(number, programmes.places[row])
    each = p.funding_per_partnership if p.funding_total <= 0.0 else p.funding_total / max(1, places)
    unfilled = share * each / HALF_TERMS * (places - number)
    ledger.pounds[GRANTED] += unfilled
    ledger.pounds[UNFILLED] += unfilled
    loss = foreboding(share, paid_in(programmes, row, step + HALF_TERMS, p))
    for slot in range(partnerships.rows):
        if not _granted_by(state, slot, row, p):
            continue
        partnerships.foreboding[slot] = loss
        pounds = share * each / HALF_TERMS
        if p.funding_purse == PURSE_BID:
            pounds *= partnerships.prize[slot]
        ledger.pounds[GRANTED] += pounds
        if p.funding_purse == PURSE_CENTRAL:
            originator, partner = partnerships.originator[slot], partnerships.partner[slot]
            communication = 0.5 * (schools.communication[originator] + schools.communication[partner])
            # It is claimed as far as the two heads pass news on (§3.23).
            if draws.uniform(clock.seed, draws.CLAIM, step, partnerships.uid[slot], 0) >= communication:
                ledger.pounds[UNCLAIMED] += pounds
                continue
        partnerships.pounds[slot] = pounds


@compiled
def pay(state: State, p: Parameters, clock: Clock) -> None:
    """Pay every programme's grants."""
    for row in range(1, state.programmes.rows):
        _pay(state, in_row(p, row), clock, row)
