"""Audit a ledger: read what an auditor asks of it and of its repository, and write a package."""
