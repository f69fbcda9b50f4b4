"""The newest claims that were confirmed

The line says who said it, where we read it, and what we found: one sentence for each.
"""

import httpx

answer = httpx.get(
    "https://facts.example/api/v1/claims/",
    params={"verification_status": "confirmed", "page_size": 3},
)
for claim in answer.raise_for_status().json()["results"]:
    print(claim["published_at"][:10], claim["status_line"])
