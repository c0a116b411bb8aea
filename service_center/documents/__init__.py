"""What is read: repair report, slips, quote."""
