"""What is stuck on things: bag and shipping labels."""
