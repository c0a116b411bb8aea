"""Everything that must happen outside or later: rows, leases, the worker, senders."""
