# Which claims cite this address?
# Scheme, a leading www., fragment and tracking parameters make no difference.

curl -sG "https://facts.example/api/v1/documents/" \
  --data-urlencode "url=https://news.example/2026/boats.html"
