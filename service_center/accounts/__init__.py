"""Who logs in: the lab, managers, retailers and their shops; roles, access marks, sessions, tokens."""
