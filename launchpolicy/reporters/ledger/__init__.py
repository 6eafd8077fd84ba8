"""What the commands about the ledger print."""
