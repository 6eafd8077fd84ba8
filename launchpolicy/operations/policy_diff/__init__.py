"""What a change of rules does to each policy, with the smallest request that shows it."""
