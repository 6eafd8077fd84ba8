"""Let the ledger grow: append, build it anew, begin to sign it, void entries."""
