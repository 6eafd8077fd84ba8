"""What one policy decided on one request, and from what."""
