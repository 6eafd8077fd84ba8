"""Write tables of the ledger into files that other programs read."""
