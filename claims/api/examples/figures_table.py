"""The figures of an event as a table

Side by side, as each claimant gave them. Do not add them up: most count the same things.
"""

import httpx
import pandas

rows = []
url = "https://facts.example/api/v1/events/3h8vw1t5pz/figures/?page_size=100"
while url:
    page = httpx.get(url).raise_for_status().json()
    rows += page["results"]
    url = page["next"]

table = pandas.json_normalize(rows)
# Numbers come as decimal strings, so that none is rounded on its way.
for bound in ("low", "best", "high"):
    table[bound] = pandas.to_numeric(table[bound])
names = ["claimant.name", "as_printed", "low", "best", "high", "verification_status"]
print(table.reindex(columns=names).to_string(index=False))
