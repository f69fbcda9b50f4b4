# Search in all claims
# Words are found in ours and in the original ones, in names, events and titles of documents.

curl -sG "https://facts.example/api/v1/claims/" --data-urlencode "q=twelve boats" -d page_size=3
