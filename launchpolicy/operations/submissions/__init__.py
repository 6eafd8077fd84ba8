"""What is judged: request files of snapshots, gathered with the facts that policies name."""
