"""Staff at work in their own school: talk with colleagues, use of practice, what teaching gives."""
