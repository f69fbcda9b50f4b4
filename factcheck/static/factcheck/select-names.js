/* A select that searches is drawn anew by the admin, without the name that its label gives it. */
"use strict";
(() => {
  const name = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const drawn = document.getElementById(`select2-${select.id}-container`);
    const words = label ? label.textContent.replace(/:$/, "") : select.getAttribute("aria-label");
    if (drawn && words) drawn.setAttribute("aria-label", words.trim());
  };
  const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);
  window.addEventListener("load", nameAll);
  document.addEventListener("formset:added", () => window.setTimeout(nameAll));
})();
