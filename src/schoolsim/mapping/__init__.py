"""Maps who is tied to whom: hubs, brokers, structural holes, the isolated, and who could introduce whom."""

from __future__ import annotations

from schoolsim.mapping.errors import MapError
from schoolsim.mapping.network_map import NetworkMap, map_network

__all__ = ["MapError", "NetworkMap", "map_network"]
