"""Programs that read what we publish: their keys, how much they may ask, whom we notify."""
