# What stood on a day
# By the order of publication: what came later has no part in it.

curl -s "https://facts.example/api/v1/claims/?as_of=2026-05-14&page_size=3"
