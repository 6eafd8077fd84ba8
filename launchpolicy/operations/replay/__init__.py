"""Past landings judged by other rules than those that they landed on."""
