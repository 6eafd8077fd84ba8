"""Verify a ledger against itself, against what was kept of it, and against history."""
