"""Follow a list to its end

Take the next address as it is: it keeps its place while others publish, and the list ends.
"""

import httpx

claims = []
url = "https://facts.example/api/v1/claims/?page_size=100"
with httpx.Client() as client:
    while url:
        page = client.get(url).raise_for_status().json()
        claims += page["results"]
        url = page["next"]
print(len(claims), "claims")
