"""Prove that you have the bytes that were published

The SHA-256 of a record is its ETag, and stands in the public log.
"""

import hashlib

import httpx

answer = httpx.get("https://facts.example/api/v1/claims/9xkq4m2c7d/").raise_for_status()
told = answer.headers["ETag"].removeprefix("W/").strip('"')  # W/ where it came packed
assert told == hashlib.sha256(answer.content).hexdigest()
print("version", answer.json()["version"], "is what was published")
