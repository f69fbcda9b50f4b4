"""Ask again without being told the same

Who sends the ETag of what they have is told 304 until something is published.
"""

import httpx

url = "https://facts.example/api/v1/claims/"
first = httpx.get(url).raise_for_status()
again = httpx.get(url, headers={"If-None-Match": first.headers["ETag"]})
print("nothing new" if again.status_code == 304 else "something was published")
