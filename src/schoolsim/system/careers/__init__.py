"""Teachers: who a newcomer is, who leaves, and who changes places."""
