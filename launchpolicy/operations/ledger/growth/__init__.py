"""Let the ledger grow: append, build it again, begin to sign it, void entries."""
