"""A launch repository as git stores it: read through plumbing commands, never written."""
