// Search in all claims
// The path of each leads to its page.

const asked = new URLSearchParams({ q: "boats", page_size: 3 });
const answer = await fetch(`https://facts.example/api/v1/claims/?${asked}`);
for (const claim of (await answer.json()).results) {
  console.log(claim.status_line, `https://facts.example${claim.path}`);
}
