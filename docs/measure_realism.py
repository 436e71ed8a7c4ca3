"""Measure the numbers of docs/realism.md.

`python docs/measure_realism.py`
    runs made-up authorities and writes what is simulated to `docs/measured/realism.csv`;
`python docs/measure_realism.py facts DATA`
    reckons the published facts anew from the folder DATA (`networks/advice_dyads_15_schools.csv`, and
    `derived/schools_england_2019_gias_like.csv`: a register with three years of results, and
    `raw/england_ks4provisional_2018-19.csv`), and writes them to `docs/measured/realism_facts.csv`; only such numbers
    are kept, and no row of the data;
`python docs/measure_realism.py places PLACE...`
    runs places that `schoolsim schools build` made and writes `docs/measured/realism_places.csv`.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import igraph
import numpy as np
import pandas as pd
from scipy.optimize import curve_fit
from scipy.spatial import cKDTree
from scipy.stats import norm

import schoolsim as ss
from schoolsim.populations import SchoolTable, synthetic_system
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import Schools

MEASURED = Path(__file__).parent / "measured"
SEEDS = 10
YEARS = 6
SECONDARY = 1
AUTHORITIES = 11  # of a made-up region
STRONG = 0.5  # trust from which one asks the other, of 0 to 1
SMALL_AUTHORITIES = (16, 27, 60, 95)  # the two groups of leaders, and what synthetic authorities are
RINGS = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 18.0, 25.0, 35.0, 45.0, 60.0)  # km from a school
COLUMNS = ("id", "mean", "low", "high", "n")


# --- networks ---------------------------------------------------------------------------------


def network_numbers(arrows: Sequence[tuple[int, int]], size: int) -> dict[str, float]:
    """Degree, density, reciprocity, clustering and hubs of a network of who asks whom."""
    graph = igraph.Graph(n=size, edges=list(arrows), directed=True).simplify()
    asked = np.array(graph.indegree(), dtype=float)
    return {
        "degree": graph.ecount() / size,
        "density": graph.density(),
        "reciprocity": graph.reciprocity() if graph.ecount() else np.nan,
        "clustering": graph.as_undirected().transitivity_undirected(),
        "hub": asked.max() / max(asked.mean(), 1e-12),
    }


def density_slope(sizes: Iterable[float], densities: Iterable[float]) -> float:
    """Of the logarithm of density on that of size: -1 where everybody has as many ties in any size."""
    return float(np.polyfit(np.log(list(sizes)), np.log(list(densities)), 1)[0])


def between_schools(simulation: Simulation) -> list[tuple[int, int]]:
    """Who asks whom: a school and another that it trusts."""
    ties = simulation.state.ties
    rows = np.flatnonzero((ties.alive != 0) & (ties.hostile == 0))
    ends = zip(ties.a[rows].tolist(), ties.b[rows].tolist(), ties.trust_ab[rows], ties.trust_ba[rows], strict=True)
    arrows = []
    for a, b, there, back in ends:
        arrows += [(a, b)] if there >= STRONG else []
        arrows += [(b, a)] if back >= STRONG else []
    return arrows


def simulated_networks(seed: int) -> dict[str, float]:
    """Numbers of ties between schools of authorities of four sizes, after two years and the burn-in."""
    found: dict[str, float] = {}
    densities = []
    for schools in SMALL_AUTHORITIES:
        run = _run(ss.synthetic_authority(seed, schools=schools), seed, years=2)
        numbers = network_numbers(between_schools(run), schools)
        densities.append(numbers["density"])
        found |= {f"leaders.{name}.{schools}": value for name, value in numbers.items()}
        if schools == SMALL_AUTHORITIES[-1]:
            teachers = ss.map_network(run, of="teachers").graph
            found["teachers.degree"] = 2 * teachers.ecount() / teachers.vcount()
            found["teachers.isolated"] = float((np.array(teachers.degree()) == 0).mean())
    found["leaders.slope"] = density_slope(SMALL_AUTHORITIES, densities)
    return found


# --- results and rolls ------------------------------------------------------------------------


def result_numbers(name: str, years: np.ndarray) -> dict[str, float]:
    """Persistence and change of results, of an array of shape (years, schools)."""
    years = years[:, ~np.isnan(years).any(axis=0)]
    spread = years[-1].std(ddof=1)
    return {
        f"{name}.one_year": float(np.mean([np.corrcoef(a, b)[0, 1] for a, b in zip(years, years[1:], strict=False)])),
        f"{name}.two_years": float(np.mean([np.corrcoef(a, b)[0, 1] for a, b in zip(years, years[2:], strict=False)])),
        f"{name}.change": float(np.diff(years, axis=0).std(ddof=1) / spread),
        f"{name}.two_to_one": float((years[2:] - years[:-2]).std(ddof=1) / np.diff(years, axis=0).std(ddof=1)),
    }


def nearest(values: np.ndarray, east: np.ndarray, north: np.ndarray) -> float:
    """Correlation of each school's value with that of the nearest other school."""
    away = np.hypot(east[:, None] - east, north[:, None] - north)
    np.fill_diagonal(away, np.inf)
    return float(np.corrcoef(values, values[away.argmin(axis=1)])[0, 1])


def between_groups(values: np.ndarray, group: np.ndarray) -> float:
    """Share of the variance that lies between groups: intraclass correlation, one-way, of groups of any size."""
    groups = [values[group == one] for one in np.unique(group)]
    sizes = np.array([len(own) for own in groups])
    within = sum(((own - own.mean()) ** 2).sum() for own in groups) / (sizes.sum() - len(groups))
    between = sum(len(own) * (own.mean() - values.mean()) ** 2 for own in groups) / (len(groups) - 1)
    size = (sizes.sum() - (sizes**2).sum() / sizes.sum()) / (len(groups) - 1)
    return float((between - within) / (between + (size - 1) * within))


def market_numbers(roll: np.ndarray, capacity: np.ndarray, phase: np.ndarray) -> dict[str, float]:
    """How full schools are, and how unequal."""
    use = roll / capacity
    secondary, primary = phase == SECONDARY, phase == 0
    return {
        "market.use": float(use.mean()),
        "market.over": float((use > 1).mean()),
        "market.roll_cv_primary": float(roll[primary].std(ddof=1) / roll[primary].mean()),
        "market.roll_cv_secondary": float(roll[secondary].std(ddof=1) / roll[secondary].mean()),
    }


def simulated_results(seed: int) -> dict[str, float]:
    """Numbers of results and rolls of a made-up region over some years without a programme."""
    table = synthetic_system(seed, authorities=AUTHORITIES)
    run = _run(table, seed, years=0)
    published, added = [], []
    for _ in range(YEARS):
        run.run(1)
        schools = run.state.schools
        published.append(np.array(schools.published))
        added.append(_beyond_intake(schools))
    secondary = np.flatnonzero(table.phase == SECONDARY)
    schools = run.state.schools
    now, poor = published[-1][secondary], (schools.poor / schools.roll)[secondary]
    roll, capacity = np.array(schools.roll), np.array(schools.capacity)
    value = np.array(added)[:, secondary]
    return {
        **result_numbers("attainment", np.array(published)[:, secondary]),
        **result_numbers("progress", value),
        "progress.spread": float(value[-1].std(ddof=1)),
        "attainment.poor": float(np.corrcoef(now, poor)[0, 1]),
        "progress.poor": float(np.corrcoef(value[-1], poor)[0, 1]),
        "attainment.roll": float(np.corrcoef(now, roll[secondary])[0, 1]),
        "attainment.nearest": nearest(now, table.easting[secondary], table.northing[secondary]),
        "progress.nearest": nearest(value[-1], table.easting[secondary], table.northing[secondary]),
        "attainment.authority": between_groups(now, table.authority[secondary]),
        **market_numbers(roll, capacity, table.phase),
    }


def _beyond_intake(schools: Schools) -> np.ndarray:
    """Published results of secondary schools beyond what intake explains, as Progress 8 is, in pupil sd."""
    published = norm.ppf(np.clip(np.array(schools.published) / 100.0, 0.001, 0.999))
    intake, phase = np.array(schools.intake), np.array(schools.phase)
    found = np.full(len(published), np.nan)
    rows = np.flatnonzero(phase == SECONDARY)
    design = np.column_stack([np.ones(len(rows)), intake[rows]])
    found[rows] = published[rows] - design @ np.linalg.lstsq(design, published[rows], rcond=None)[0]
    return found


def _run(table: SchoolTable, seed: int, *, years: int) -> Simulation:
    run = Simulation(ss.load_config("no_programme").scenario(), seed, table, burn_in_years=2, outcomes=())
    run.run(years)
    return run


# --- facts ------------------------------------------------------------------------------------


def facts(data: Path) -> dict[str, np.ndarray]:
    """Numbers of the data, several where there are several groups or pairs of years."""
    dyads = pd.read_csv(data / "networks" / "advice_dyads_15_schools.csv")
    found: dict[str, list[float]] = {}
    sizes = []
    for _, school in dyads.groupby("id"):
        people = sorted({*school["Sender"], *school["Receiver"]})
        place = {person: row for row, person in enumerate(people)}
        asks = school[school["Outcome"] == 1]
        arrows = [(place[a], place[b]) for a, b in zip(asks["Sender"], asks["Receiver"], strict=True)]
        sizes.append(len(people))
        for name, value in network_numbers(arrows, len(people)).items():
            found.setdefault(f"advice.{name}", []).append(value)
    found["advice.slope"] = [density_slope(sizes, found["advice.density"])]
    table = pd.read_csv(data / "derived" / "schools_england_2019_gias_like.csv", encoding="cp1252", low_memory=False)
    for name, column in (("attainment", "Attainment8"), ("progress", "Progress8")):
        years = table[[f"{column}_{year}" for year in (2017, 2018, 2019)]].apply(pd.to_numeric, errors="coerce")
        own = years.dropna().to_numpy().T
        found |= {key: [value] for key, value in result_numbers(name, own).items()}
        found[f"{name}.one_year"] = [float(np.corrcoef(own[k], own[k + 1])[0, 1]) for k in (0, 1)]
    known = table.assign(
        result=pd.to_numeric(table["Attainment8_2019"], errors="coerce"),
        added=pd.to_numeric(table["Progress8_2019"], errors="coerce"),
        poor=pd.to_numeric(table["PercentageFSM"], errors="coerce"),
        roll=pd.to_numeric(table["NumberOfPupils"], errors="coerce"),
        east=pd.to_numeric(table["Easting"], errors="coerce"), north=pd.to_numeric(table["Northing"], errors="coerce"),
    ).dropna(subset=["result", "added", "poor", "roll", "east", "north"])  # fmt: skip
    found["progress.grades"] = [float(known["added"].std())]
    found["attainment.poor"] = [float(known["result"].corr(known["poor"]))]
    found["progress.poor"] = [float(known["added"].corr(known["poor"]))]
    found["progress.poor_slope"] = [100.0 * float(np.polyfit(known["poor"], known["added"], 1)[0])]
    found["progress.pupil_sd"] = [pupil_spread(data / "raw" / "england_ks4provisional_2018-19.csv")]
    found["attainment.roll"] = [float(known["result"].corr(known["roll"]))]
    found["attainment.nearest"] = [nearest(*(known[key].to_numpy() for key in ("result", "east", "north")))]
    found["progress.nearest"] = [nearest(*(known[key].to_numpy() for key in ("added", "east", "north")))]
    for name, years in (("", (2017, 2018, 2019)), ("_2019", (2019,))):
        share, reach = likeness(known, years)
        found[f"progress.area_share{name}"], found[f"progress.area_reach{name}"] = [share], [reach]
    found["attainment.authority"] = [between_groups(known["result"].to_numpy(), known["LA (name)"].to_numpy())]
    return {name: np.array(values, dtype=float) for name, values in found.items()}


def likeness(known: pd.DataFrame, years: Sequence[int]) -> tuple[float, float]:
    """How alike Progress 8 beyond free meals is in schools near each other, by distance.

    Args:
        known: Schools with coordinates, metres.
        years: Whose mean is taken.

    Returns:
        Share of the variance that schools at one place would have in common, and the kilometres over which that falls
        to 1/e: an exponential through each school's likeness to the others in rings of up to 60 km, equally weighted.
    """
    added = (
        known[[f"Progress8_{year}" for year in years]].apply(pd.to_numeric, errors="coerce").mean(axis=1, skipna=False)
    )
    there = added.notna()
    poor = known.loc[there, "poor"]
    beyond = (added[there] - np.polyval(np.polyfit(poor, added[there], 1), poor)).to_numpy()
    beyond = (beyond - beyond.mean()) / beyond.std()
    tree = cKDTree(known.loc[there, ["east", "north"]].to_numpy() / 1000.0)
    one, other = tree.query_pairs(RINGS[-1], output_type="ndarray").T
    away = np.hypot(*(tree.data[one] - tree.data[other]).T)
    far, alike, schools = [], [], []
    for low, high in zip(RINGS, RINGS[1:], strict=False):
        own = (away >= low) & (away < high)
        ends = np.concatenate([one[own], other[own]])
        others = np.bincount(ends, minlength=len(beyond))
        sums = np.bincount(ends, weights=beyond[np.concatenate([other[own], one[own]])], minlength=len(beyond))
        has = others > 0
        far.append(away[own].mean())
        alike.append((beyond[has] * sums[has] / others[has]).mean())
        schools.append(has.sum())
    fitted, _ = curve_fit(
        lambda km, share, reach: share * np.exp(-km / reach), far, alike, p0=(0.3, 10.0),
        sigma=1.0 / np.sqrt(schools),
    )  # fmt: skip
    return float(fitted[0]), float(fitted[1])


def pupil_spread(path: Path) -> float:
    """Spread of pupils' Progress 8, grades: what the 95% intervals of schools' means were reckoned from."""
    table = pd.read_csv(path, encoding="utf-8-sig", low_memory=False)
    table = table[table["RECTYPE"] == 1]
    low, high, pupils = (pd.to_numeric(table[key], errors="coerce") for key in ("P8CILOW", "P8CIUPP", "P8PUP"))
    return float(((high - low) / (2.0 * norm.ppf(0.975)) * np.sqrt(pupils)).median())


# --- places -----------------------------------------------------------------------------------


def place_numbers(folder: Path, seed: int) -> dict[str, float]:
    """How a real authority's rolls and results move in the model, against what they were when it began."""
    table = ss.read_schools(folder)
    run = _run(table, seed, years=8)
    schools = run.state.schools
    rows = np.flatnonzero(table.phase == SECONDARY)
    roll = np.array(schools.roll)
    shares = [values[rows] / values[rows].sum() for values in (table.roll, roll)]
    real = table.attainment[rows]
    known = ~np.isnan(real)
    return {
        "shares.correlation": float(np.corrcoef(*shares)[0, 1]),
        "shares.moved": float(0.5 * np.abs(shares[0] - shares[1]).sum()),
        "results.correlation": float(np.corrcoef(real[known], np.array(schools.standing)[rows][known])[0, 1]),
    }


# --- writing ----------------------------------------------------------------------------------


def write(path: Path, numbers: dict[str, np.ndarray]) -> None:
    """A row a number: mean, and the range that 90% of its values are in."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for name, values in sorted(numbers.items()):
            own = values[~np.isnan(values)]
            low, high = np.quantile(own, [0.05, 0.95]) if len(own) else (np.nan, np.nan)
            mean = own.mean() if len(own) else np.nan
            writer.writerow([name, *(f"{value:.4g}" for value in (mean, low, high)), len(own)])


def gathered(rows: Iterable[dict[str, float]]) -> dict[str, np.ndarray]:
    """The values of every number, over seeds."""
    frame = pd.DataFrame(list(rows))
    return {str(name): frame[name].to_numpy(dtype=float) for name in frame}


def main() -> int:
    """Measure what is asked for, and write it."""
    what, *given = sys.argv[1:] or ["simulated"]
    if what == "facts":
        write(MEASURED / "realism_facts.csv", facts(Path(given[0])))
    elif what == "places":
        numbers: dict[str, np.ndarray] = {}
        for folder in map(Path, given):
            own = gathered(place_numbers(folder, seed) for seed in range(1, 4))
            numbers |= {f"{folder.name}.{name}": values for name, values in own.items()}
        write(MEASURED / "realism_places.csv", numbers)
    else:
        found = gathered({**simulated_networks(seed), **simulated_results(seed)} for seed in range(1, SEEDS + 1))
        write(MEASURED / "realism.csv", found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
