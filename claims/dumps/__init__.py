"""All that is published, in files: written at one place of the ledger, kept in order, taken away
again where words were ordered to be deleted.
"""
