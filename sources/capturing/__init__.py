"""Keeping what stands at an address, or what somebody brings, as it was found."""
