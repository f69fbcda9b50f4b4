/* Fields to choose from say what they are for: the admin's widget gives its box no name. */
"use strict";
(() => {
  const name = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const box = select.parentElement.querySelector(".select2-selection[role='combobox']");
    const words = select.getAttribute("aria-label");
    if (!(label || words) || !box || box.dataset.named) return;
    if (label) {
      label.id ||= `${select.id}_label`;
      const shown = box.getAttribute("aria-labelledby") || "";
      box.setAttribute("aria-labelledby", `${label.id} ${shown}`.trim());
    } else {
      // In a table the name stands at the head of the column, and the field has it for itself.
      box.setAttribute("aria-label", words);
      box.removeAttribute("aria-labelledby");
    }
    // What is chosen is text inside the box, no second field.
    const text = box.querySelector(".select2-selection__rendered");
    text?.removeAttribute("role");
    text?.removeAttribute("aria-readonly");
    box.dataset.named = "1";
  };
  const nameAll = () => document.querySelectorAll("select.admin-autocomplete[id]").forEach(name);
  // The admin's own script makes the boxes when the page is ready, and in rows added later.
  document.addEventListener("DOMContentLoaded", () => setTimeout(nameAll));
  document.addEventListener("formset:added", () => setTimeout(nameAll));
})();
