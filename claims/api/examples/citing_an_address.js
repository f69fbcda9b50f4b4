// Which claims cite this address?
// For an extension or a page that shows what is known about an article.

const article = "https://news.example/2026/boats.html";
const asked = new URLSearchParams({ url: article });
const answer = await fetch(`https://facts.example/api/v1/documents/?${asked}`);
const { documents, results } = await answer.json();
for (const one of documents) console.log(one.title);
for (const claim of results) console.log(claim.status_line);
