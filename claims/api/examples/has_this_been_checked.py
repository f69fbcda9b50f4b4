"""Has this been checked?

A text that is too long for an address can be posted.
"""

import httpx

text = "A post that somebody sent you. Twelve boats were counted."
answer = httpx.post("https://facts.example/api/v1/match/", json={"text": text})
for match in answer.raise_for_status().json()["results"]:
    print(match["alike"], match["claim"]["status_line"])
