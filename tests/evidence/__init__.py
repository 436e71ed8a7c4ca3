"""Tests of what the model is held against."""
