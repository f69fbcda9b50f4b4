"""Broken rows, by the check that has to find each."""
