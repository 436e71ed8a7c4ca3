"""The ties between the schools of a run as a table: how far apart, how much rivals, how much trust."""

from __future__ import annotations

import pandas as pd

from schoolsim.system.networks.graph import tie_graph
from schoolsim.system.simulation import Simulation


def school_ties(simulation: Simulation) -> pd.DataFrame:
    """Every tie between two schools of a run as it stands.

    Args:
        simulation: The run.

    Returns:
        One row a tie: `first` and `second` (URN), `miles`, `rivalry` (0 to 1), `trust` (mean of both ways, 0 to 1),
        `partnership` (whether the two work together now) and `hostile`.
    """
    graph = tie_graph(simulation)
    urns = graph.vs["urn"]
    table = pd.DataFrame({
        "first": [urns[edge.source] for edge in graph.es], "second": [urns[edge.target] for edge in graph.es],
        **{name: graph.es[name] for name in ("miles", "rivalry", "trust", "partnership", "hostile")},
    })  # fmt: skip
    return table.sort_values(["first", "second"], kind="stable").reset_index(drop=True)
