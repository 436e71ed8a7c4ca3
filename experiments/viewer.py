"""The model in Mesa's own viewer, as it is: `solara run experiments/viewer.py`."""

from __future__ import annotations

from mesa.visualization import Slider, SolaraViz, make_plot_component

import schoolsim as ss

LEVERS = {
    "seed": 1,
    "setting_schools": 24,
    "programme_originators": Slider("Schools that share", 4, 0, 8, 1),
    "programme_partners_each": Slider("Partners of each", 2, 1, 4, 1),
    "badging_scope": {
        "type": "Select",
        "value": "none",
        "values": ["none", "individual", "collective"],
        "label": "Who wears the badge",
    },
}
START = {name: getattr(value, "value", value) for name, value in LEVERS.items()} | {"badging_scope": "none"}

page = SolaraViz(
    ss.SchoolSystem(**START),
    components=[make_plot_component("trust.mean"), make_plot_component("effect.mean")],
    model_params=LEVERS,
    name="How schools learn from one another while they compete",
)
