"""Policies looked at themselves: their cases, coverage, mutants, differences and decisions."""
