"""The article sheet: all claims of one document as rows, beside its text.

`reading` gives the rows, `saving` keeps them, `placing` finds words and moves orphaned quotes,
`naming` finds and creates what rows refer to, `stepping` takes steps with many rows. Nothing here
knows of requests: the views are in `claims.admin`.
"""
