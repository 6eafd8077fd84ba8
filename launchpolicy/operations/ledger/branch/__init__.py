"""Read the ledger's branch as it stands: where it is, its files, its state, its entries."""
