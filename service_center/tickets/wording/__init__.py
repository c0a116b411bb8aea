"""The one place that words a ticket: statuses, actions, happenings, vocabulary, verdicts, days and refusals."""
