"""What we keep of partners."""
