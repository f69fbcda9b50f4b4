"""How well articles are read, against the gold: `python -m tests.proposing.score`.

`--show NAME` tells what is missed and what is too much in a passage; not in what is held out.
"""

import os
import sys

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()

    from tests.proposing.passages import passages
    from tests.proposing.scoring import show, table

    if sys.argv[1:2] == ["--show"]:
        for passage in passages():
            if passage.name in sys.argv[2:] and passage.part != "held-out":
                show(passage)
    else:
        print(table())
