"""What an auditor asks of a ledger, answered from values alone: pure folds over entries."""
