"""Derive the ledger from history, keep it on a branch, verify it."""
