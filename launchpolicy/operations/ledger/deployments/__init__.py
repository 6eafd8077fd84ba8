"""Compare what was really deployed with the launches of the ledger."""
