"""Numbers read from runs, seed by seed: how many partners a paid school keeps, where practice comes from, who stays."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from scipy import stats

from schoolsim.config import load_config
from schoolsim.parameters import Scenario
from schoolsim.rules.codes import CREATION, PRIMARY, SECONDARY
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state import PAIRS
from schoolsim.system.state.ledger import (
    ACCEPTED_COLD,
    APPROACHES_COLD,
    ARRANGING,
    COACHING,
    FOLLOWING,
    GRANTED,
    INTRODUCED,
    INTRODUCED_MET,
    INTRODUCED_WORK,
    JOINT,
    LEARNT_HOME,
    LEARNT_MEETINGS,
    LEARNT_PROGRAMME,
    LEARNT_WEBSITE,
    MEETINGS,
    RETURNED,
    TRAVEL,
    UNCLAIMED,
    UNFILLED,
)
from schoolsim.system.state.schema import HALF_TERMS

BURN_IN: Final = 1
WITH_OTHERS: Final = [JOINT, TRAVEL, ARRANGING, MEETINGS, FOLLOWING]
ROUTINE: Final = 0.5  # mastery from which a practice is in use

Numbers = Mapping[str, float]


def scenario(name: str, levers: Mapping[str, object] = MappingProxyType({})) -> Scenario:
    """A programme's scenario by its name, with some values of one's own."""
    return load_config(f"programmes/{name}").scenario().with_(levers)


def begun(chosen: Scenario, seed: int) -> Simulation:
    """A run at the moment policy begins, that measures nothing by itself."""
    run = Simulation(chosen, seed, Population().table(chosen, seed), burn_in_years=BURN_IN, outcomes=())
    run.run(0)
    return run


def year(run: Simulation) -> dict[str, np.ndarray]:
    """Run a year; the ledger summed over it."""
    found = {name: np.zeros_like(getattr(run.state.ledger, name)) for name in ("hours", "pounds", "counts")}
    for _ in range(HALF_TERMS):
        run.step()
        for name, sums in found.items():
            sums += getattr(run.state.ledger, name)
    return found


def programme_slots(run: Simulation) -> np.ndarray:
    """Partnerships at work that belong to a programme."""
    table = run.state.partnerships
    return np.flatnonzero((table.alive == 1) & (table.programme > 0))


def pairs_at_work(run: Simulation, slots: np.ndarray) -> list[tuple[int, int, int]]:
    """Slot, giver's and learner's post of every pair whose two people are still in post."""
    table, uid = run.state.partnerships, run.state.teachers.uid
    found = []
    for slot in slots:
        for pair in range(PAIRS):
            giver, learner = int(table.giver[slot, pair]), int(table.learner[slot, pair])
            if giver < 0 or learner < 0:
                continue
            if uid[giver] == table.giver_uid[slot, pair] and uid[learner] == table.learner_uid[slot, pair]:
                found.append((int(slot), giver, learner))
    return found


def teachers_in(run: Simulation) -> int:
    """Teachers at work in programmes' pairs."""
    return len({post for _, *posts in pairs_at_work(run, programme_slots(run)) for post in posts})


def share(part: float, whole: float) -> float:
    """A part of a whole; not a number where there is none."""
    return part / whole if whole else float("nan")


def paid_places(seed: int) -> Numbers:
    """F1: Beacon's places in each paid year, partners an originator, and what is left a year after the money."""
    chosen = scenario("beacon")
    run = begun(chosen, seed)
    filled = []
    for _ in range(int(chosen["funding.years"])):
        year(run)
        filled.append(share(len(programme_slots(run)), int(run.state.programmes.places[1])))
    paid = len(programme_slots(run))
    originators = len(set(run.state.partnerships.originator[programme_slots(run)].tolist()))
    year(run)
    return {
        "places filled, least of the paid years": min(filled),
        "partners an originator": share(paid, originators),
        "at work a year after the money, of those paid": share(len(programme_slots(run)), paid),
    }


def innovators(seed: int) -> Numbers:
    """F2: hours a year of a teacher in ICT Innovators, beyond what there is without it, and how many are in it."""
    run, twin = begun(scenario("ict_innovators"), seed), begun(scenario("no_programme"), seed)
    year(run), year(twin)
    more = year(run)["hours"] - year(twin)["hours"]
    inside = teachers_in(run)
    return {"hours a teacher and year": share(float(more[WITH_OTHERS].sum()), inside), "teachers in it": float(inside)}


def ordinary_year(seed: int) -> Numbers:
    """F3: who works with a colleague elsewhere for six hours or more in a year without a programme; schools that do."""
    run = begun(scenario("no_programme"), seed)
    year(run)
    hours: dict[tuple[int, int], float] = {}
    for _ in range(HALF_TERMS):
        run.step()
        table = run.state.partnerships
        for slot, giver, learner in pairs_at_work(run, np.flatnonzero(table.alive == 1)):
            key = (int(run.state.teachers.uid[giver]), int(run.state.teachers.uid[learner]))
            hours[key] = hours.get(key, 0.0) + float(table.hours[slot])
    schools, table = run.state.schools, run.state.partnerships
    people = {uid for pair, spent in hours.items() if spent >= 6.0 for uid in pair}
    working = np.zeros(len(schools), dtype=bool)
    alive = table.alive == 1
    working[table.originator[alive]] = working[table.partner[alive]] = True
    return {
        "teachers in joint work": share(len(people), len(run.state.teachers)),
        "primary schools at work with another": float(working[schools.phase == PRIMARY].mean()),
        "secondary schools at work with another": float(working[schools.phase == SECONDARY].mean()),
    }


def networks_led(seed: int) -> Numbers:
    """F4: networks still led after three years: a volunteer's, and one with a facilitator that members pay."""
    found = {}
    for label, name in (("volunteer's", "peer_review_triads"), ("facilitated", "challenge_partnership")):
        run = begun(scenario(name), seed)
        for _ in range(3):
            year(run)
        networks = run.state.networks
        found[f"{label} networks led after three years"] = share(float(networks.led.sum()), len(networks))
    return found


def introductions(seed: int) -> Numbers:
    """F5: what becomes of introductions, and of cold calls, in three years with four brokers."""
    run = begun(scenario("no_programme", {"broker.number": 4}), seed)
    counts = np.sum([year(run)["counts"] for _ in range(3)], axis=0)
    return {
        "introductions that met": share(counts[INTRODUCED_MET], counts[INTRODUCED]),
        "introductions that became joint work": share(counts[INTRODUCED_WORK], counts[INTRODUCED]),
        "cold calls accepted": share(counts[ACCEPTED_COLD], counts[APPROACHES_COLD]),
    }


def where_from(seed: int) -> Numbers:
    """F6: where mastery comes from without a programme, and what a website alone brings beside Beacon schools."""
    run = begun(scenario("no_programme"), seed)
    counts = np.sum([year(run)["counts"] for _ in range(3)], axis=0)
    all_of_it = counts[LEARNT_HOME : LEARNT_WEBSITE + 1].sum()
    outside = counts[LEARNT_PROGRAMME : LEARNT_MEETINGS + 1].sum()
    web, beacon = begun(scenario("no_programme", {"website.rate": 0.2}), seed), begun(scenario("beacon"), seed)
    read = np.sum([year(web)["counts"] for _ in range(3)], axis=0)[LEARNT_WEBSITE]
    funded = np.sum([year(beacon)["counts"] for _ in range(3)], axis=0)[LEARNT_PROGRAMME]
    return {
        "learnt at home": share(counts[LEARNT_HOME], all_of_it),
        "learnt from other schools": share(outside, all_of_it),
        "learnt by reading, beside what Beacon schools pass on": share(read, funded),
    }


def heads(seed: int) -> Numbers:
    """F7: how often heads change."""
    run = begun(scenario("no_programme"), seed)
    changes, number = 0.0, len(run.state.schools)
    kept_two = 0.0
    for done in range(1, 6):
        year(run)
        changes += float((run.state.schools.tenure == 0.0).sum())
        if done == 2:
            kept_two = float((run.state.schools.tenure >= 2.0).mean())
    return {
        "changes a year": changes / 5.0 / number,
        "schools with a new head after five years": float((run.state.schools.tenure < 5.0).mean()),
        "four schools with all four heads after two years": kept_two**4,
    }


def pounds(seed: int) -> Numbers:
    """F8: pounds a school in Beacon spends in a year, of the second paid year."""
    run = begun(scenario("beacon"), seed)
    year(run)
    spent = year(run)["pounds"]
    used = spent[GRANTED] - spent[RETURNED] - spent[UNFILLED] - spent[UNCLAIMED]
    inside = int((run.state.programmes.role[1] > 0).sum())
    return {"pounds a school and year": share(float(used), inside)}


def pairs_that_stay(seed: int) -> Numbers:
    """F9: pairs with both people in their schools after one, two and four years, and broken pairs filled again."""
    run = begun(scenario("joint_practice_development"), seed)
    for _ in range(3):
        run.step()
    teachers = run.state.teachers
    first = [
        (int(teachers.uid[a]), int(teachers.school[a]), int(teachers.uid[b]), int(teachers.school[b]))
        for _, a, b in pairs_at_work(run, programme_slots(run))
    ]
    found, broken, refilled = {}, 0, 0
    for done in range(1, 5):
        for _ in range(3):
            run.step()
        slots = programme_slots(run)
        table = run.state.partnerships
        all_pairs = int(((table.giver[slots] >= 0) & (table.learner[slots] >= 0)).sum())
        missing = all_pairs - len(pairs_at_work(run, slots))
        run.step()
        left = [slot for slot in slots if table.alive[slot]]
        still = int(((table.giver[left] >= 0) & (table.learner[left] >= 0)).sum()) - len(
            pairs_at_work(run, np.array(left, dtype=int))
        )
        broken += missing
        refilled += max(0, missing - still)
        for _ in range(2):
            run.step()
        where = dict(zip(teachers.uid.tolist(), teachers.school.tolist(), strict=True))
        both = [where.get(a) == school and where.get(b) == other for a, school, b, other in first]
        if done in (1, 2, 4):
            found[f"pairs unchanged after {done} year{'s' if done > 1 else ''}"] = float(np.mean(both))
    return found | {"broken pairs filled again": share(refilled, broken)}


def hours_of_people(seed: int) -> Numbers:
    """F10: hours a year with others: of an unpaid partner's teacher, a paid one, and an advanced skills teacher."""
    plain, paid, advanced = (begun(scenario(name), seed) for name in ("no_programme", "beacon", "ast_outreach"))
    year(plain), year(paid), year(advanced)
    unpaid = year(plain)["hours"]
    pairs = pairs_at_work(plain, np.flatnonzero(plain.state.partnerships.alive == 1))
    people = len({post for _, *posts in pairs for post in posts})
    more = year(paid)["hours"] - unpaid
    coached = float(year(advanced)["hours"][COACHING])
    posts = float(advanced.state.schools.advanced.sum())
    return {
        "unpaid partner's teacher": share(float(unpaid[[JOINT, TRAVEL, ARRANGING]].sum()), people),
        "paid teacher": share(float(more[WITH_OTHERS].sum()), teachers_in(paid)),
        "coaching of an advanced skills teacher at home": share(coached, posts),
    }


def years_until_shown(seed: int) -> Numbers:
    """F11: median years from first using a practice to first showing it to another school.

    Of those who begin to use it in the first half of ten years of Beacon and have shown it by the end.
    """
    run = begun(scenario("beacon"), seed)
    teachers, mastery = run.state.teachers, run.state.knowledge.mastery
    known = {(int(teachers.uid[post]), int(practice)) for post, practice in np.argwhere(mastery >= ROUTINE)}
    since: dict[tuple[int, int], int] = {}
    shown: dict[tuple[int, int], int] = {}
    for half_term in range(10 * HALF_TERMS):
        run.step()
        table = run.state.partnerships
        if half_term < 5 * HALF_TERMS:
            for post, practice in np.argwhere(mastery >= ROUTINE):
                held = (int(teachers.uid[post]), int(practice))
                if held not in known:
                    since.setdefault(held, half_term)
        for slot, giver, _ in pairs_at_work(run, np.flatnonzero(table.alive == 1)):
            held = (int(teachers.uid[giver]), int(table.focus[slot]))
            if held in since:
                shown.setdefault(held, half_term)
    years = [(shown[held] - since[held]) / HALF_TERMS for held in shown]
    return {"years of use before it is shown elsewhere": float(np.median(years)) if years else float("nan")}


def staff_who_use_it(seed: int) -> Numbers:
    """F11: share of a partner's staff who use the practice worked on after three years, net of the same run without."""
    run, twin = begun(scenario("beacon"), seed), begun(scenario("no_programme"), seed)
    run.step()
    twin.step()
    table, schools = run.state.partnerships, run.state.schools
    work = [
        (int(table.partner[slot]), int(table.focus[slot]))
        for slot in programme_slots(run)
        if table.mode[slot] != CREATION
    ]
    for _ in range(3 * HALF_TERMS):
        run.step()
        twin.step()
    net: dict[int, list[float]] = {PRIMARY: [], SECONDARY: []}
    for school, practice in work:
        posts = slice(int(schools.first[school]), int(schools.past[school]))
        users = [float((one.state.knowledge.mastery[posts, practice] >= ROUTINE).mean()) for one in (run, twin)]
        if int(schools.phase[school]) in net:
            net[int(schools.phase[school])].append(users[0] - users[1])
    return {
        "primary staff who use it": float(np.mean(net[PRIMARY])) if net[PRIMARY] else float("nan"),
        "secondary staff who use it": float(np.mean(net[SECONDARY])) if net[SECONDARY] else float("nan"),
        **years_until_shown(seed),
    }


def results_that_jump(seed: int) -> Numbers:
    """F12: secondaries that rise by ten points in a year without a programme; whether a test tells partners apart."""
    run = begun(scenario("no_programme"), seed)
    year(run)
    jumps, number = 0, 0
    before = run.state.schools.published.copy()
    secondary = run.state.schools.phase == SECONDARY
    for _ in range(4):
        year(run)
        after = run.state.schools.published.copy()
        jumps += int((after - before >= 10.0)[secondary].sum())
        number += int(secondary.sum())
        before = after
    beacon = begun(scenario("beacon"), seed)
    start = beacon.state.schools.published.copy()
    year(beacon)
    change, role = beacon.state.schools.published - start, beacon.state.programmes.role[1]
    differs = stats.ttest_ind(change[role == 2], change[role == 0], equal_var=False).pvalue < 0.05
    supported, alone = begun(scenario("intensive_support"), seed), begun(scenario("no_programme"), seed)
    for _ in range(3):
        year(supported), year(alone)
    helped = supported.state.programmes.first_role[1] == 2
    net = (supported.state.schools.published - alone.state.schools.published)[helped]
    return {
        "secondaries that rise by ten points in a year": share(jumps, number),
        "a test tells partners apart after one year": float(differs),
        "points a year that supported schools gain, in the third": float(net.mean()) / 3.0,
    }
