"""Tables of the ledger into files that other programs read."""
