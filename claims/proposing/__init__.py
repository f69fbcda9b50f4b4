"""Reading an article: from its text, draft claims that a person may accept, change or reject.

Words alone: text in, proposals out; no database, no network, no language model. `proposal` has the
interface that a proposer follows, `proposers` asks those that the settings name and checks all that
they return; `reader` is ours. What each language has of its own stands in `lexicons`.
"""
