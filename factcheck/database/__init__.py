"""The embedded PostgreSQL: its binaries, its cluster, its roles, and the Django backend over it."""
