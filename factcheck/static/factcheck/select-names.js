/* A select that searches is drawn anew by the admin, without the name that its label gives it. */
"use strict";
(() => {
  const jQuery = window.django && window.django.jQuery;
  if (!jQuery) return;
  const name = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const drawn = document.getElementById(`select2-${select.id}-container`);
    const words = label ? label.textContent.trim() : select.getAttribute("aria-label");
    if (drawn && words) drawn.setAttribute("aria-label", words.replace(/:$/, ""));
  };
  const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);
  // After the admin's own, which stands in this queue before it.
  jQuery(nameAll);
  document.addEventListener("formset:added", () => window.setTimeout(nameAll));
})();
