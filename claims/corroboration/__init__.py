"""How many independent origins stand for a claim, and how many against it: counted from its graph.

A walk starts at every piece of evidence of one stance and goes on along hops and relays for as long
as it stays in that stance. Where it ends, somebody may know by themselves. Such an end counts when
it is established (how its source knows, and who runs it), when nobody behind it stands on the
claimant's side, and when nobody behind it stands behind another that counts.

Nothing here asks a database. What is unknown never helps: every relay, parent, merger or gap that
is added leaves the count as it was, or lower.
"""

from claims.corroboration.count import (
    Corroboration,
    End,
    Origins,
    Utterance,
    Why,
    corroborate,
)
from claims.corroboration.graph import CitedDocument, CitedPassage, Graph, Hold, Party
from claims.corroboration.standing import side_of

__all__ = [
    "CitedDocument",
    "CitedPassage",
    "Corroboration",
    "End",
    "Graph",
    "Hold",
    "Origins",
    "Party",
    "Utterance",
    "Why",
    "corroborate",
    "side_of",
]
