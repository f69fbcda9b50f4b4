/* Asking the server, and reading its answers. */

const SIGNED_OUT =
  "You are signed out. Sign in again in another tab, then save here: nothing that you typed is lost.";
const READ_ONLY =
  "The desk is read-only now, so nothing can be saved. What you typed stays here: press Ctrl+S later.";
const UNREACHABLE = "The server did not answer. Nothing is lost: press Ctrl+S to try again.";

/** An answer that is no success, with a sentence for the person and what else the server said. */
class Refused extends Error {
  constructor(message, status = 0, data = {}) {
    super(message);
    this.status = status;
    this.data = data;
  }
}

/** The sentence of a refusal: of the whole request, or of its fields. */
function sentenceOf(data) {
  if (data.detail) return String(data.detail);
  const messages = (data.errors || []).map((error) => error.message);
  return messages.join(" ") || "The server refused this, and did not say why.";
}

/** Why there is no answer of the sheet's own. */
function reasonOf(response) {
  if (response.redirected || response.status === 403) return SIGNED_OUT;
  return response.status === 503 ? READ_ONLY : UNREACHABLE;
}

/** The token that a form needs now: who has signed in again has another one than this page. */
async function freshToken() {
  const response = await fetch(window.location.href, { credentials: "same-origin" });
  if (response.redirected || !response.ok) return "";
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const bootstrap = page.getElementById("sheet-bootstrap");
  return bootstrap ? JSON.parse(bootstrap.textContent).csrf : "";
}

async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, { credentials: "same-origin", ...options });
  } catch {
    throw new Refused(UNREACHABLE);
  }
  const isJson = (response.headers.get("Content-Type") || "").includes("json");
  if (!isJson || response.status === 503) {
    throw new Refused(reasonOf(response), response.status);
  }
  const data = await response.json();
  if (!response.ok) throw new Refused(sentenceOf(data), response.status, data);
  return data;
}

/** The server's side of one sheet. */
export class Server {
  /** @param {Object<string, string>} urls @param {string} csrf */
  constructor(urls, csrf) {
    this.urls = urls;
    this.csrf = csrf;
  }

  /** Everything of the sheet, as it stands now. */
  data() {
    return ask(this.urls.data, { headers: { Accept: "application/json" } });
  }

  /** What could be meant by some letters. */
  async find(kind, words) {
    const query = new URLSearchParams({ kind, q: words });
    const answer = await ask(`${this.urls.find}?${query}`, {
      headers: { Accept: "application/json" },
    });
    return answer.results;
  }

  /** Claims that say nearly what a text says; `id` is the claim that it is of. */
  async similar(text, id) {
    const query = new URLSearchParams(id ? { text, except: id } : { text });
    const answer = await ask(`${this.urls.similar}?${query}`, {
      headers: { Accept: "application/json" },
    });
    return answer.similar;
  }

  /** Send something to one of the sheet's addresses: rows, steps, locate, reanchor, … */
  async post(name, body) {
    try {
      return await this.send(name, body);
    } catch (error) {
      if (error.message !== SIGNED_OUT) throw error;
      const token = await freshToken().catch(() => "");
      if (!token || token === this.csrf) throw error;
      this.csrf = token;
      return this.send(name, body);
    }
  }

  send(name, body) {
    return ask(this.urls[name], {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": this.csrf,
      },
      body: JSON.stringify(body),
    });
  }
}
