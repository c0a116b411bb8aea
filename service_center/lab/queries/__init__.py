"""What the lab asks of the tables; each page in a fixed number of queries."""
