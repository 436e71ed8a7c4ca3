"""Networks of more than two schools: who is in one, what it does in a half-term, its strands of joint work."""
