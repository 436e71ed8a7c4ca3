"""How functions are compiled, and when machine code is kept and used again."""
