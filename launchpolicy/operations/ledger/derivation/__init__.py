"""Derive entries from landings: each judged by the rules and at the time it landed."""
