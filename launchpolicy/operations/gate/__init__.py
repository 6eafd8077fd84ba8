"""Answer whether a launch may start now: a module for each condition."""
