# The newest claims that were confirmed
# Each comes with who said it and both statuses: never show its words without them.

curl -s "https://facts.example/api/v1/claims/?verification_status=confirmed&page_size=3"
