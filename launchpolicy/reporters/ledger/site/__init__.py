"""The static site of the ledger: pages that need no server, no network and no trust."""
