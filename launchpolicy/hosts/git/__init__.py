"""A launch repository as git stores it: read and written through plumbing commands."""
