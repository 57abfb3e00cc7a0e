// The text of a rule file with line numbers and the errors below it, each a way to its place.

import { button, el, fill } from "./dom.js";

/** The editor. on: onText(text), onCheck(), onTry(), onDiff(), onSave(). */
export class RuleEditor {
  #on;
  #numbers = el("pre", { class: "code line-numbers", "aria-hidden": "true" });
  #text = el("textarea", { class: "code rule-text", spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", "aria-labelledby": "editor-title" });
  #errors = el("ul", { class: "rule-errors" });
  #save;

  constructor(place, on) {
    this.#on = on;
    this.#save = button("Save …", () => on.onSave(), { class: "button primary" });
    fill(place,
      el("div", { class: "rule-box" }, this.#numbers, this.#text),
      el("div", { class: "actions" }, button("Check", () => on.onCheck()), button("What would change", () => on.onTry()), button("Differences", () => on.onDiff()), this.#save),
      this.#errors);
    this.#text.addEventListener("input", () => {
      this.#count();
      on.onText(this.#text.value);
    });
    this.#text.addEventListener("scroll", () => (this.#numbers.scrollTop = this.#text.scrollTop));
    // Two spaces for the tabulator, as YAML wants them; Escape first lets the keyboard leave the field.
    let leaving = false;
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "Escape") leaving = true;
      else if (event.key === "Tab" && !leaving && !event.shiftKey) {
        event.preventDefault();
        this.#text.setRangeText("  ", this.#text.selectionStart, this.#text.selectionEnd, "end");
        this.#text.dispatchEvent(new Event("input"));
      } else leaving = false;
    });
  }

  /** Opens a file. */
  open(name, text, mayBeSaved, errors) {
    if (this.#text.value !== text) this.#text.value = text;
    this.#text.readOnly = !name;
    this.#save.hidden = !mayBeSaved;
    this.#count();
    this.showErrors(errors, errors, () => {});
  }

  /** Shows the errors of this file first, then those of the others. */
  showErrors(own, all, choose) {
    const other = all.filter((error) => !own.includes(error));
    fill(this.#errors, [...own, ...other].map((error) => el("li", {}, el("button", {
      type: "button", class: "rule-diagnostic", "data-error": String(error.error),
      onclick: () => {
        if (!own.includes(error)) choose(error.file);
        this.#go(error);
      },
    }, el("span", { class: "code" }, `${error.file}:${error.line}:${error.column}`), el("strong", {}, ` ${error.error ? "error" : "warning"} ${error.code}: `), error.message,
    error.help ? el("span", { class: "soft" }, ` ${error.help}`) : null))));
  }

  #go({ line, column, length }) {
    if (line === 0) return;
    const before = this.#text.value.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    this.#text.focus();
    this.#text.setSelectionRange(before + column - 1, before + column - 1 + length);
    const tall = parseFloat(getComputedStyle(this.#text).lineHeight);
    this.#text.scrollTop = Math.max(0, (line - 4) * tall);
  }

  #count() {
    const lines = this.#text.value.split("\n").length;
    if (this.#numbers.dataset.lines === String(lines)) return;
    this.#numbers.dataset.lines = lines;
    this.#numbers.textContent = Array.from({ length: lines }, (_, place) => place + 1).join("\n");
  }
}
