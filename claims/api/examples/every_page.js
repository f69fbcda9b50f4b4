// Follow a list to its end
// Take the next address as it is: it keeps its place while others publish, and the list ends.

const claims = [];
let url = "https://facts.example/api/v1/claims/?page_size=100";
while (url) {
  const page = await (await fetch(url)).json();
  claims.push(...page.results);
  url = page.next;
}
console.log(claims.length, "claims");
