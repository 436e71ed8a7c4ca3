"""Learning outside the own school: episodes between two teachers, friends, a website, enquiry."""
