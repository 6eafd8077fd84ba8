"""Keep checkpoints and records of a ledger a second time, and read them again."""
