"""What a claim said in each of its versions

Every version stays readable, with our note on what changed and why.
"""

import httpx

claim = "https://facts.example/api/v1/claims/9xkq4m2c7d/"
for version in httpx.get(f"{claim}versions/").raise_for_status().json()["results"]:
    record = httpx.get(version["url"]).json()
    print(version["published_at"], version["publication"], version["note"])
    print(" ", record["content"]["status_line"])
