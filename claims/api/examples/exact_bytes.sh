# Prove that you have the bytes that were published
# The SHA-256 of a record is its ETag, and stands in the public log.

url="https://facts.example/api/v1/claims/9xkq4m2c7d/"
curl -s "$url" | sha256sum
curl -sI "$url" | grep -i "^etag"
