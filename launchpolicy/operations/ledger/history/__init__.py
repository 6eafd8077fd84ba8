"""Walk the history of the branch that the ledger records, landing by landing."""
