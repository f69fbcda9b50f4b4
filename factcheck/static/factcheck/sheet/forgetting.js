/* What somebody typed on a sheet and did not save is kept in the browser. It is let go of when they
   sign out here, and when somebody else is signed in. A session that has ended by itself keeps it. */
"use strict";
(() => {
  const user = document.currentScript.dataset.user;
  const forget = (isMeant) => {
    try {
      for (const name of Object.keys(window.localStorage)) {
        const [prefix, , owner] = name.split(":");
        if (prefix.startsWith("factcheck-sheet") && isMeant(owner)) window.localStorage.removeItem(name);
      }
    } catch {
      // A browser that lets nothing be kept has nothing to forget.
    }
  };
  forget((owner) => owner !== user);
  document.getElementById("logout-form")?.addEventListener("submit", () => forget(() => true));
})();
