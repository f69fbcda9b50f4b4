/* What is typed into a page and not saved is not to be lost: not with a step or an upload, which is
   a form of its own, not by leaving the page, and not to a session that has lapsed meanwhile or a
   desk that has become read-only. Before a form is sent the desk is asked for both; the answer brings
   the token of today, since signing in again makes a new one. A form pressed twice is sent once: the
   answer to the second time would take the place of that to the first, and refuse what is done. */
"use strict";
(() => {
  const { address, signIn } = document.currentScript.dataset;
  const main = document.querySelector("#content-main form[id$='_form']");
  const WARNING = "What you have changed on this page is not saved. Leave it behind?";
  const ONCE_WITHIN = 5000;
  const LONGEST_WAIT = 20_000;
  const typed = new Set();
  const sent = new WeakMap();
  let leaving = false;
  let asked = null;

  /* A list's form may answer with a file, and then the page stays to be used again. */
  const remember = (form) => {
    if (form.getAttribute("method") === "post" && form.id !== "changelist-form") sent.set(form, Date.now());
  };

  const note = (event) => {
    const form = event.target.form || event.target.closest("form");
    if (form && form.getAttribute("method") === "post") typed.add(form);
  };

  const SILENT = "the desk does not answer. Try again.";
  const READ_ONLY = "the desk is read-only now. Leave this page open, and press the button again later.";

  /* The token; or, in `why`, what keeps the form from being sent, empty where nobody is signed in. */
  const ask = async (form, button) => {
    const to = button?.getAttribute("formaction") || form.getAttribute("action") || "";
    const headers = { Accept: "application/json", "X-Sends-To": new URL(to, window.location.href).pathname };
    try {
      const signal = AbortSignal.timeout(LONGEST_WAIT);
      const answer = await fetch(address, { headers, signal, redirect: "manual", cache: "no-store" });
      if (answer.ok) return { token: (await answer.json()).token };
      if (answer.type === "opaqueredirect" || answer.status === 403) return { why: "" };
      const isJson = (answer.headers.get("Content-Type") || "").includes("json");
      return { why: answer.status === 503 && isJson ? READ_ONLY : SILENT };
    } catch {
      return { why: SILENT };
    }
  };

  const tell = (button, why) => {
    const signedOut = !why;
    document.getElementById("not-sent")?.remove();
    const place = document.createElement("p");
    place.id = "not-sent";
    place.className = "errornote";
    place.setAttribute("role", "alert");
    place.append(signedOut
      ? "Nothing was sent, and nothing is lost: you are not signed in any more. "
      : `Nothing was sent, and nothing is lost: ${why}`);
    if (signedOut) {
      const link = document.createElement("a");
      Object.assign(link, { href: signIn, target: "_blank", rel: "noopener" });
      link.textContent = "Sign in in another tab";
      place.append(link, ", then come back and press the button again.");
    }
    button.before(place);
    place.scrollIntoView({ block: "nearest" });
  };

  const send = async (form, button) => {
    const { token, why } = await ask(form, button);
    asked = null;
    if (!token) {
      tell(button || form.lastElementChild, why);
      return;
    }
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
    asked = form;
    leaving = true;
    HTMLFormElement.prototype.requestSubmit.call(form, button);
    // The browser itself may have refused what was typed while the desk was asked.
    if (asked) { asked = null; leaving = false; }
  };

  document.addEventListener("input", note);
  document.addEventListener("change", note);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (asked === form && leaving) { asked = null; remember(form); return; }
    if (asked || Date.now() - (sent.get(form) || 0) < ONCE_WITHIN) { event.preventDefault(); return; }
    leaving = !main || form === main || !typed.has(main) || window.confirm(WARNING);
    if (!leaving) { event.preventDefault(); return; }
    if (!address || !(form === main || typed.has(form))) {
      remember(form);
      return;
    }
    event.preventDefault();
    leaving = false;
    asked = form;
    send(form, event.submitter);
  });
  window.addEventListener("beforeunload", (event) => {
    if (main && typed.has(main) && !leaving) event.preventDefault();
  });
})();
