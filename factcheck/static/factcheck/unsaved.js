/* A step or an upload is a form of its own: what is typed into the page's main form and not saved
   would be lost with it. Ask before that happens, and before the page is left. */
"use strict";
(() => {
  const main = document.querySelector("#content-main form[id$='_form']");
  if (!main) return;
  const WARNING = "What you have changed on this page is not saved. Leave it behind?";
  let changed = false;
  let leaving = false;
  const note = (event) => { if (main.contains(event.target)) changed = true; };
  document.addEventListener("input", note);
  document.addEventListener("change", note);
  document.addEventListener("submit", (event) => {
    leaving = event.target === main || !changed || window.confirm(WARNING);
    if (!leaving) event.preventDefault();
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });
})();
