// Has this been checked?
// Ask as somebody types, or for the words that they marked on a page.

const asked = new URLSearchParams({ text: "Twelve boats were counted." });
const answer = await fetch(`https://facts.example/api/v1/match/?${asked}`);
for (const match of (await answer.json()).results) {
  console.log(match.alike, match.claim.status_line);
}
