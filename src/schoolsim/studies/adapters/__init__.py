"""Adapters: Mesa and EMA Workbench models as models of a study, and models of a study for the workbench."""
