# Ask again without being told the same
# Who sends the ETag of what they have is told 304 until something is published.

url="https://facts.example/api/v1/claims/?page_size=1"
etag=$(curl -sI "$url" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p')
curl -s -o /dev/null -w '%{http_code}\n' -H "If-None-Match: $etag" "$url"
