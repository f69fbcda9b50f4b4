// Draws the API's description. Everything comes from this site: no validator, no fonts, no pictures
// of others.
"use strict";

const place = document.getElementById("swagger-ui");
const dark = matchMedia("(prefers-color-scheme: dark)");

// Swagger UI knows the dark scheme by a class.
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// What Swagger UI draws later than this, it draws without names for its lists to choose from, and
// without a way for the keyboard into what scrolls.
const mend = () => {
  for (const text of place.querySelectorAll("pre:not([tabindex])")) text.tabIndex = 0;
  for (const list of place.querySelectorAll("select:not([aria-label])")) {
    const row = list.closest("tr")?.querySelector(".parameter__name");
    list.setAttribute("aria-label", row ? row.textContent : "Form of the answer");
  }
};
new MutationObserver(mend).observe(place, { childList: true, subtree: true });

SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  validatorUrl: null,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  deepLinking: true,
  supportedSubmitMethods: ["get", "post"],
});
