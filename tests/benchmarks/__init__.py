"""How quick the desk is with few and with many rows. No tests: run by hand."""
