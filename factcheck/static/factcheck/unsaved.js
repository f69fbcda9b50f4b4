/* What is typed into a page and not saved is not to be lost: not with a step or an upload, which is
   a form of its own, not by leaving the page, and not to a session that has lapsed meanwhile. Before
   a form is sent the desk is asked whether the person is still signed in; the answer brings the
   token of today, since signing in again makes a new one. */
"use strict";
(() => {
  const { address, signIn } = document.currentScript.dataset;
  const main = document.querySelector("#content-main form[id$='_form']");
  const WARNING = "What you have changed on this page is not saved. Leave it behind?";
  const typed = new Set();
  let leaving = false;
  let asked = null;

  const note = (event) => {
    const form = event.target.form || event.target.closest("form");
    if (form && form.getAttribute("method") === "post") typed.add(form);
  };

  /* The token, or an empty text where nobody is signed in; null where the desk does not answer. */
  const token = async () => {
    try {
      const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
      if (answer.ok) return (await answer.json()).token;
      return answer.type === "opaqueredirect" || answer.status === 403 ? "" : null;
    } catch {
      return null;
    }
  };

  const tell = (button, signedOut) => {
    document.getElementById("not-sent")?.remove();
    const place = document.createElement("p");
    place.id = "not-sent";
    place.className = "errornote";
    place.setAttribute("role", "alert");
    place.append(signedOut
      ? "Nothing was sent, and nothing is lost: you are not signed in any more. "
      : "Nothing was sent, and nothing is lost: the desk does not answer. Try again.");
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
    const found = await token();
    asked = null;
    if (!found) {
      tell(button || form.lastElementChild, found === "");
      return;
    }
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = found;
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
    if (asked === form && leaving) { asked = null; return; }
    if (asked) { event.preventDefault(); return; }
    leaving = !main || form === main || !typed.has(main) || window.confirm(WARNING);
    if (!leaving) { event.preventDefault(); return; }
    if (!address || !(form === main || typed.has(form))) return;
    event.preventDefault();
    leaving = false;
    asked = form;
    send(form, event.submitter);
  });
  window.addEventListener("beforeunload", (event) => {
    if (main && typed.has(main) && !leaving) event.preventDefault();
  });
})();
