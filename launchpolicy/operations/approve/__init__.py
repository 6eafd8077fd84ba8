"""Approvals by signature: a digest is signed, written and committed."""
