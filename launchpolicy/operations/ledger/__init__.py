"""The ledger in a repository: derived from history, kept on a branch, verified."""
