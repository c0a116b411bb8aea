"""What leaves the house: worker, senders, letters."""
