// Which claims cite this address?
// For an extension or a page that shows what is known about an article.

const article = "https://news.example/2026/boats.html";
const asked = new URLSearchParams({ url: article });
const answer = await fetch(`https://facts.example/api/v1/documents/?${asked}`);
const { documents, results } = await answer.json();
console.log(documents.map((one) => one.title));
console.log(results.map((claim) => claim.status_line));
