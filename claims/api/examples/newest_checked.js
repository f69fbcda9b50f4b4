// The newest claims that were confirmed
// From a page of any other site: reading is open to all of them.

const asked = new URLSearchParams({ verification_status: "confirmed", page_size: 3 });
const answer = await fetch(`https://facts.example/api/v1/claims/?${asked}`);
for (const claim of (await answer.json()).results) {
  console.log(claim.published_at.slice(0, 10), claim.status_line);
}
