"""Read what is judged: request files of snapshots, with the facts that policies name."""
