"""Requests in the making: their shape, questions and text, derived from the policies."""
