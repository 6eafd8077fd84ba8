"""Forges: services that host repositories and the pull requests in which people approve."""
