"""The nightly harness: what is put to schoolsim to make it fail, how often, and what came of it."""
