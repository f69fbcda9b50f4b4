"""Programs that take the text from bytes that nobody has vouched for, each started as a process of
its own by `sources.capturing.extracting`. They import nothing of the project but each other.
"""
