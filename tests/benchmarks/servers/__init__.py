"""What the API is measured beside."""
