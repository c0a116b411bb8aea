"""The lab's screens in words: plain data that templates print."""
