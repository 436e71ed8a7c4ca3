"""The programme's money: what each partnership is granted, wins with a bid, or claims (M27, M28, M29)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import BIDS, BIDS_WON_SKILL, DRIFTED, GRANTED, UNCLAIMED
from schoolsim.rules.horizon import bid_hours, bid_strength, claim_chance, foreboding, has_money, paid_share
from schoolsim.rules.words import PURSE_BID, PURSE_CENTRAL
from schoolsim.system.covered import is_granted
from schoolsim.system.ordering import by_size
from schoolsim.system.partnering import assign_pairs
from schoolsim.system.state import (
    Knowledge,
    Ledger,
    Parameters,
    Partnerships,
    Practices,
    Schools,
    Teachers,
)


@compiled
def _theme(practices: Practices, seed: int, step: int) -> int:
    """What this year's fund is for: something that looks good."""
    best, found = -1.0, 0
    for one in range(practices.alive.shape[0]):
        fashion = practices.alive[one] * practices.appeal[one] * draws.uniform(seed, draws.THEME, step, one, 0)
        if fashion > best:
            best, found = fashion, one
    return found


@compiled
def _bids(
    practices: Practices, schools: Schools, teachers: Teachers, knowledge: Knowledge, partnerships: Partnerships,
    ledger: Ledger, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    """The year's round: each partnership's better bidder writes; the strongest bids share the fund (M28)."""
    slots = partnerships.alive.shape[0]
    strength = np.full(slots, -1.0e9)
    skill = np.zeros(slots)
    number = 0
    for slot in range(slots):
        partnerships.prize[slot] = 0.0
        if not (partnerships.alive[slot] and is_granted(partnerships, slot, p)):
            continue
        number += 1
        bidder, other = partnerships.originator[slot], partnerships.partner[slot]
        if schools.bidding[other] > schools.bidding[bidder]:
            bidder = other
        skill[slot] = schools.bidding[bidder]
        schools.bidding_hours[bidder] += bid_hours(skill[slot], p)
        strength[slot] = bid_strength(skill[slot], draws.normal(seed, draws.BID, step, partnerships.uid[slot], 0), p)
    winners = min(number, int(p.bid_won * number + 0.5))
    if winners == 0:
        return
    theme = _theme(practices, seed, step)
    won = by_size(-strength)[:winners]
    for place in range(winners):
        slot = won[place]
        partnerships.prize[slot] = number / winners
        drift = draws.uniform(seed, draws.DRIFT, step, partnerships.uid[slot], 0) < p.bid_drift
        if drift and partnerships.focus[slot] != theme:
            partnerships.focus[slot] = theme
            partnerships.own_need[slot] = 1 if theme == schools.need[partnerships.partner[slot]] else 0
            partnerships.refocused[slot] = step
            assign_pairs(schools, teachers, knowledge, partnerships, slot, p, seed, step)
            ledger.counts[DRIFTED] += 1.0
    ledger.counts[BIDS] += number
    ledger.counts[BIDS_WON_SKILL] += np.sum(skill[won]) / winners - np.sum(skill) / number


@compiled
def pay(
    practices: Practices, schools: Schools, teachers: Teachers, knowledge: Knowledge, partnerships: Partnerships,
    ledger: Ledger, parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    """Pay this half-term's grants by the rule of the purse; the sum is the same whatever the rule."""
    p = parameters[0]
    share = paid_share(step, p)
    if share <= 0.0 or not has_money(p):
        return
    if p.funding_purse == PURSE_BID and step % 6 == 0:
        _bids(practices, schools, teachers, knowledge, partnerships, ledger, p, seed, step)
    number = 0
    for slot in range(partnerships.alive.shape[0]):
        number += partnerships.alive[slot] and is_granted(partnerships, slot, p)
    each = p.funding_per_partnership if p.funding_total <= 0.0 else p.funding_total / max(1, number)
    loss = foreboding(step, p)
    for slot in range(partnerships.alive.shape[0]):
        if not (partnerships.alive[slot] and is_granted(partnerships, slot, p)):
            continue
        partnerships.foreboding[slot] = loss
        pounds = share * each / 6.0
        if p.funding_purse == PURSE_BID:
            pounds *= partnerships.prize[slot]
        ledger.pounds[GRANTED] += pounds
        if p.funding_purse == PURSE_CENTRAL:
            told = (
                schools.communication[partnerships.originator[slot]] + schools.communication[partnerships.partner[slot]]
            )
            if draws.uniform(seed, draws.CLAIM, step, partnerships.uid[slot], 0) >= claim_chance(0.5 * told, p):
                ledger.pounds[UNCLAIMED] += pounds
                continue
        partnerships.pounds[slot] = pounds
