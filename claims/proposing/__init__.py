"""Reading an article: from its text, draft claims that a person may accept, change or reject.

Words alone: text in, proposals out; no database, no network, no language model. `proposal` has the
interface that a proposer follows, `proposers` those that the settings name and the check of all that
they return; `reader` is ours. What language has its own stands in `lexicons`.
"""
