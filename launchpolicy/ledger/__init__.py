"""The release ledger: entries, their tree and its proofs, and what is read out of them."""
