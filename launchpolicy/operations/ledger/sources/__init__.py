"""Ask forges and pushes about landings that nothing is recorded of yet."""
