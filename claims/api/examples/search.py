"""Search in all claims

Words can be combined with every filter; here with the day on which it was said.
"""

import httpx

asked = {"q": "boats", "said_on_or_after": "2020-01-01", "ordering": "-said"}
answer = httpx.get("https://facts.example/api/v1/claims/", params=asked)
for claim in answer.raise_for_status().json()["results"]:
    print(claim["status_line"])
