"""Writes a map as CSV, JSON, GraphML and GeoJSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from schoolsim.populations.official.national_grid import to_degrees
from schoolsim.studies.store.files import disk_errors, whole_file

if TYPE_CHECKING:
    from schoolsim.mapping.network_map import NetworkMap

_METRES: Final = 1000.0
_DECIMALS: Final = 7  # of a degree: about a centimetre


def write(mapped: NetworkMap, folder: Path) -> list[Path]:
    """See `NetworkMap.write`."""
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, table in tables(mapped).items():
        files.append(_write(folder / f"{name}.csv", table.to_csv(index=False, lineterminator="\n")))
    files.append(_write(folder / "map.json", _text(as_dict(mapped))))
    graphml = folder / "map.graphml"
    with whole_file(graphml) as draft:
        mapped.graph.write_graphml(str(draft))
    files.append(graphml)
    if mapped.has_places:
        files.append(_write(folder / "map.geojson", _text(geojson(mapped))))
    return files


def tables(mapped: NetworkMap) -> dict[str, pd.DataFrame]:
    """The tables, by the name of their file."""
    return {
        mapped.of: mapped.nodes, "groups": mapped.groups, "holes": mapped.holes, "introductions": mapped.introductions,
    }  # fmt: skip


def as_dict(mapped: NetworkMap) -> dict[str, object]:
    """See `NetworkMap.to_dict`."""
    return {
        "title": mapped.title,
        "of": mapped.of,
        "ties": mapped.graph.ecount(),
        "strength": mapped.strength,
        "in words": mapped.lines(),
        **{name: _records(table) for name, table in tables(mapped).items()},
    }


def geojson(mapped: NetworkMap) -> dict[str, object]:
    """See `NetworkMap.to_geojson`."""
    places = mapped.places()
    latitude, longitude = to_degrees(_METRES * places[:, 0], _METRES * places[:, 1])
    degrees = np.round(np.column_stack([longitude, latitude]), _DECIMALS).tolist()
    features: list[dict[str, Any]] = [
        {"type": "Feature", "id": record["id"], "geometry": {"type": "Point", "coordinates": degrees[row]},
         "properties": record}
        for row, record in enumerate(_records(mapped.nodes))
    ]  # fmt: skip
    names = mapped.graph.vs["name"]
    features += [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [degrees[edge.source], degrees[edge.target]]},
            "properties": {
                "first": names[edge.source], "second": names[edge.target], "strength": edge["strength"],
                "kind": edge["kind"],
            },
        }
        for edge in mapped.graph.es
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of plain Python values; a number that is not known is None."""
    return [
        {str(key): None if isinstance(value, float) and np.isnan(value) else value for key, value in row.items()}
        for row in table.astype(object).to_dict("records")
    ]


def _text(data: object) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _write(path: Path, text: str) -> Path:
    with whole_file(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="")
    return path
