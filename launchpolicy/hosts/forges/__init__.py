"""Hosts of pull requests: where a proposal, its reviews and its pushes are known."""
