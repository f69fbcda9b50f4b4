"""Signing in at the desk: password, second factor, lock-out, sessions."""
