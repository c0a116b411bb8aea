"""One thread per ticket, and the wording of the letters."""
