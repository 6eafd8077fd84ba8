"""Launches that are not over: what is due, what is missing before a start, what is coming."""
