"""Policies applied to requests: pure, no I/O, no clock, no environment."""
