// Draws the API's description. Everything comes from this site: no validator, no fonts, no pictures
// of others.
"use strict";

const place = document.getElementById("swagger-ui");
const dark = matchMedia("(prefers-color-scheme: dark)");

// Swagger UI knows the dark scheme by a class.
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  validatorUrl: null,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  deepLinking: true,
  syntaxHighlight: { activated: true },
  supportedSubmitMethods: ["get", "post"],
});
