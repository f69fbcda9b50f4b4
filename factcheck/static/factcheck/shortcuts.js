/* A few keys for who works at the desk all day. They are listed in the help, and none is taken from
   a browser or a screen reader: a letter alone works only outside of fields. */
"use strict";
(() => {
  const TYPED_INTO = "input, textarea, select, [contenteditable], [role=combobox]";
  const LEADS = { h: "home", c: "claims", n: "new claim", d: "documents", i: "imports" };
  let lead = 0;

  const follow = (name) => {
    const link = document.querySelector(`[data-shortcut="${name}"]`);
    if (link) link.click();
    return Boolean(link);
  };

  const save = () => {
    const button = document.querySelector("[name=_continue]") || document.querySelector("[name=_save]");
    if (button) button.click();
    return Boolean(button);
  };

  const search = () => {
    const field = document.querySelector("#searchbar");
    if (field) { field.focus(); field.select(); }
    return Boolean(field);
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key === "s") {
      if (save()) event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED_INTO)) return;
    let done = false;
    if (Date.now() - lead < 1500 && LEADS[event.key]) done = follow(LEADS[event.key]);
    else if (event.key === "/") done = search();
    else if (event.key === "?") done = follow("help");
    lead = event.key === "g" ? Date.now() : 0;
    if (done) event.preventDefault();
  });
})();
