/* Shows what a chosen code means, in the words of the methodology, beneath where it is chosen. */
"use strict";
(() => {
  const ATTRIBUTE = "data-defined";
  const address = document.currentScript.dataset.address;
  let known = null;

  const definitionsOf = (control) => known.lists[known.fields[control.getAttribute(ATTRIBUTE)]];

  const describe = (control, words) => {
    const place = document.createElement("div");
    place.className = "help desk-definition";
    place.id = `${control.id}_definition`;
    const described = (control.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
    control.setAttribute("aria-describedby", [...described, place.id].join(" "));
    const holder = control.closest(".flex-container") || control.parentElement;
    holder.insertAdjacentElement("afterend", place);
    const show = () => { place.textContent = words[control.value] || ""; };
    control.addEventListener("change", show);
    show();
  };

  const prepare = (control) => {
    if (control.name.includes("__prefix__") || control.dataset.isDefined) return;
    const words = definitionsOf(control);
    if (!words) return;
    control.dataset.isDefined = "yes";
    if (control.tagName === "SELECT") {
      describe(control, words);
    } else if (words[control.value]) {
      // One box of several: all of them are to be seen at once.
      const place = document.createElement("span");
      place.className = "help desk-definition";
      place.textContent = ` ${words[control.value]}`;
      control.closest("label").append(place);
    }
  };

  const prepareAll = (root) => root.querySelectorAll(`[${ATTRIBUTE}]`).forEach(prepare);

  document.addEventListener("DOMContentLoaded", async () => {
    if (!document.querySelector(`[${ATTRIBUTE}]`)) return;
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) return;
    known = await answer.json();
    prepareAll(document);
    document.addEventListener("formset:added", (event) => prepareAll(event.target));
  });
})();
