"""Other people's models as models of a study, and ours as theirs."""
