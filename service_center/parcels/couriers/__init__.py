"""One file per courier: its name, where people follow a parcel, and what its tracking numbers look like."""
