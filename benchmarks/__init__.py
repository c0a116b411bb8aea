"""What is measured, against which floor: the least that any program must do for the same answer, on the same machine, in one run."""
