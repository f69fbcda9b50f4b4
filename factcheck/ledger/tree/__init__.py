"""The Merkle tree over the entries, in public formats, as pure functions: hashes and proofs
(RFC 6962, section 2.1), tiles (C2SP tlog-tiles), signed notes and checkpoints (C2SP signed-note and
tlog-checkpoint). Nothing here knows a database.
"""
