"""What the cases of policies see, in every format."""
