"""The log as others see it: checkpoint, tiles and proofs for programs, and a page for people."""
