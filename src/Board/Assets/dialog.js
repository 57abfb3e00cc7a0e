// Asks a person something: one dialog for all questions, so that all of them look and work alike.

import { el, fill } from "./dom.js";

let count = 0;

/**
 * Asks. fields: { name, label, type, value, options, required, hint, min, max, step, list }. type is text, number, select, choice (buttons, one of them),
 * textarea, datetime-local or checkbox. Returns the values by name, or null where the person cancels.
 */
export function askFor({ title, text, fields = [], confirm, danger = false }) {
  const id = `ask-${++count}`;
  const dialog = el("dialog", { class: "ask", "aria-labelledby": id });
  const form = el("form", { method: "dialog", novalidate: null });
  const inputs = new Map();
  form.append(el("h2", { id }, title));
  if (text) form.append(el("p", { class: "ask-text" }, text));
  for (const field of fields) form.append(fieldOf(field, inputs, id));
  form.append(el("div", { class: "ask-buttons" },
    el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
    el("button", { type: "submit", class: `button primary${danger ? " danger" : ""}` }, confirm)));
  dialog.append(form);
  document.body.append(dialog);
  const before = document.activeElement;
  return new Promise((resolve) => {
    let values = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!form.reportValidity()) return;
      values = Object.fromEntries([...inputs].map(([name, valueOf]) => [name, valueOf()]));
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(values);
    });
    dialog.showModal();
    dialog.querySelector("[data-first], input, select, textarea")?.focus();
  });
}

/** Shows something to be read, with a button to close it. */
export function show(title, ...content) {
  const id = `ask-${++count}`;
  const dialog = el("dialog", { class: "ask wide", "aria-labelledby": id });
  const close = el("button", { type: "button", class: "button primary", onclick: () => dialog.close() }, "Close");
  dialog.append(el("h2", { id }, title), el("div", { class: "ask-content", tabindex: "0" }, ...content), el("div", { class: "ask-buttons" }, close));
  document.body.append(dialog);
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
  });
  dialog.showModal();
  close.focus();
  return dialog;
}

/** A field with its label, for a form that stands in a page. Returns { node, value, set }. */
export function field(spec) {
  const inputs = new Map();
  const node = fieldOf(spec, inputs, `field-${++count}`);
  return { node, value: () => inputs.get(spec.name)(), input: node.querySelector("input, select, textarea") };
}

function fieldOf(spec, inputs, prefix) {
  const id = `${prefix}-${spec.name}`;
  if (spec.type === "choice") return choiceOf(spec, inputs, id);
  const shared = { id, name: spec.name, required: spec.required || null, "aria-describedby": spec.hint ? `${id}-hint` : null };
  let input;
  if (spec.type === "select") {
    input = el("select", shared);
    fill(input, spec.options.map(([value, label]) => el("option", { value, selected: value === spec.value || null }, label)));
  } else if (spec.type === "textarea") {
    input = el("textarea", { ...shared, rows: "2", maxlength: "500" });
    input.value = spec.value ?? "";
  } else if (spec.type === "checkbox") {
    input = el("input", { ...shared, type: "checkbox", checked: spec.value || null });
  } else {
    input = el("input", {
      ...shared, type: spec.type ?? "text", min: spec.min, max: spec.max, step: spec.step ?? (spec.type === "number" ? "any" : null), value: spec.value,
      maxlength: spec.type === undefined || spec.type === "text" ? String(spec.most ?? 200) : null, autocomplete: spec.autocomplete ?? "off", list: spec.list ? `${id}-list` : null,
      inputmode: spec.type === "number" ? "decimal" : null,
    });
  }
  inputs.set(spec.name, () => (spec.type === "checkbox" ? input.checked : input.value.trim()));
  const node = el("div", { class: `field${spec.type === "checkbox" ? " check" : ""}` }, el("label", { for: id }, spec.label), input);
  if (spec.unit) node.append(el("span", { class: "field-unit" }, spec.unit));
  if (spec.hint) node.append(el("p", { class: "hint", id: `${id}-hint` }, spec.hint));
  if (spec.list) node.append(el("datalist", { id: `${id}-list` }, spec.list.map((value) => el("option", { value }))));
  return node;
}

function choiceOf(spec, inputs, id) {
  const group = el("fieldset", { class: "field choice" }, el("legend", {}, spec.label));
  const row = el("div", { class: "choices" });
  spec.options.forEach(([value, label], place) => {
    const radio = el("input", { type: "radio", id: `${id}-${place}`, name: id, value, checked: value === spec.value || null, required: spec.required || null });
    row.append(el("span", { class: "choice-item" }, radio, el("label", { for: `${id}-${place}` }, label)));
  });
  group.append(row);
  if (spec.hint) group.append(el("p", { class: "hint" }, spec.hint));
  inputs.set(spec.name, () => row.querySelector("input:checked")?.value ?? "");
  return group;
}
