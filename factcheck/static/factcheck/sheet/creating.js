/* The small form in a row in which somebody, an event, a source or a document is created. */

import { announce, button, el, freshId } from "./dom.js";

const NOUNS = { actor: "actor", event: "event", source: "source", document: "document" };

export class CreateForm {
  /**
   * @param {{kind: string, name: string, choices: Object, context: Object,
   *   create: function(Object): Promise<Object>, ondone: function(Object|null): void}} options
   */
  constructor(options) {
    this.options = options;
    const id = freshId("create");
    this.name = el("input", { type: "text", id: `${id}-name`, value: options.name, dir: "auto" });
    this.extras = this.extraFields(id);
    this.message = el("p", { class: "sheet-error", role: "alert" });
    this.similar = el("ul", { class: "sheet-similar" });
    this.element = el("div", {
      class: "sheet-create", role: "group", "aria-label": `New ${NOUNS[options.kind]}`,
      onkeydown: (event) => this.key(event),
    },
    el("label", { for: this.name.id }, `Name of the new ${NOUNS[options.kind]}`), this.name,
    ...this.extras.flatMap((extra) => [el("label", { for: extra.input.id }, extra.label), extra.input]),
    this.message, this.similar,
    el("div", { class: "sheet-buttons" },
      button("Create", () => this.submit()),
      button("Cancel", () => options.ondone(null), { class: "is-quiet" })));
  }

  extraFields(id) {
    const { kind, choices, context } = this.options;
    const select = (name, label, list) => ({
      name, label,
      input: el("select", { id: `${id}-${name}` },
        ...(list || []).map((choice) => el("option", { value: choice.value, title: choice.definition }, choice.label))),
    });
    if (kind === "actor") return [select("actor_kind", "Kind", choices.actor_kind)];
    if (kind === "event") {
      const input = el("input", { type: "date", id: `${id}-date`, value: context.date || null });
      return [{ name: "date", label: "Day it happened (may stay empty)", input }];
    }
    const list = { source: choices.source_kind, document: choices.document_kind }[kind];
    return list ? [select(`${kind}_kind`, "Kind", list)] : [];
  }

  focus() {
    const [extra] = this.extras;
    (extra ? extra.input : this.name).focus();
  }

  key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.options.ondone(null);
    } else if (event.key === "Enter" && event.target.tagName !== "BUTTON") {
      event.preventDefault();
      this.submit();
    }
  }

  async submit({ anyway = false } = {}) {
    const { kind, context, create, ondone } = this.options;
    const asked = { kind, name: this.name.value.trim() };
    for (const extra of this.extras) if (extra.input.value) asked[extra.name] = extra.input.value;
    if (kind === "document" && context.ranges?.length) asked.ranges = context.ranges;
    else if (kind === "document" && context.quote) asked.quote = context.quote;
    if (anyway) asked.anyway = true;
    try {
      const made = await create(asked);
      announce(`Created ${made.label}.`);
      ondone(made);
    } catch (refused) {
      const similar = refused.data?.similar;
      if (similar?.length) this.offer(similar);
      else this.message.textContent = refused.message;
    }
  }

  /** Show what there is already, before a second one of it is made. */
  offer(similar) {
    this.message.textContent = "There is something like it already. Is it one of these?";
    this.similar.replaceChildren(
      ...similar.map((one) => el("li", {}, button(one.label, () => this.options.ondone(one)),
        one.detail ? el("small", {}, ` ${one.detail}`) : null)),
      el("li", {}, button("None of them: create it", () => this.submit({ anyway: true }))));
    this.similar.querySelector("button").focus();
  }
}
