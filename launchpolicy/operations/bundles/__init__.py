"""Packs from somewhere else: copied in, pinned by a lock, judged like own rules."""
