"""The door to the network. Beyond it stands what outside.py puts there: nothing is asked of any
real site.
"""
