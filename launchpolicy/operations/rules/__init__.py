"""Rules, read from one snapshot: configuration, kinds, packs, data, people."""
