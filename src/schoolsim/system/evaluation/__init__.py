"""How partnerships are judged, and how practice is accredited."""
