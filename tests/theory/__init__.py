"""The model against closed-form and published results."""
