/* Says every half minute that this page is open, and shows who else has the same row open. A page
   that nobody looks at says nothing; where the desk does not answer, nothing is shown. */
"use strict";
(() => {
  const place = document.getElementById("presence");
  if (!place) return;
  const EVERY = 30_000;
  let timer;
  const show = (sentence) => {
    if (place.textContent !== sentence) place.textContent = sentence;
  };
  const say = async () => {
    try {
      const answer = await fetch(place.dataset.url, {
        method: "POST",
        headers: { "X-CSRFToken": place.dataset.token },
        redirect: "error",
      });
      show(answer.ok ? (await answer.json()).sentence : "");
    } catch {
      show("");
    }
  };
  const start = () => {
    clearInterval(timer);
    if (document.hidden) return;
    say();
    timer = setInterval(say, EVERY);
  };
  document.addEventListener("visibilitychange", start);
  start();
})();
