// Tables of the operators' pages: columns by name, rows replaced as a whole, words where there is nothing.

import { el, fill } from "./dom.js";

/**
 * Fills a place with a table. columns: { label, of(row) → text, element or null, number, className, header }. empty: what is said without rows.
 */
export function showTable(place, { columns, rows, empty, caption, cards = true, rowAttributes = () => ({}) }) {
  if (rows.length === 0) {
    fill(place, el("p", { class: "missing" }, empty));
    return;
  }
  const classOf = (column) => [column.number ? "number-cell" : null, column.className].filter(Boolean).join(" ") || null;
  fill(place, el("div", { class: `table-box${cards ? " cards" : ""}`, tabindex: "0", role: "region", "aria-label": caption },
    el("table", {},
      el("caption", { class: "spoken" }, caption),
      el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col", class: classOf(column) }, column.label || el("span", { class: "spoken" }, column.spoken ?? "Actions"))))),
      el("tbody", {}, rows.map((row) => el("tr", rowAttributes(row), columns.map((column) => {
        const content = column.of(row);
        const attributes = { class: classOf(column), "data-label": column.header ? null : column.label || null, scope: column.header ? "row" : null };
        return el(column.header ? "th" : "td", attributes, content === null || content === undefined ? "" : content);
      })))))));
}

/** A priority with mark, word and colour. */
export function priorityOf(priority, technical, calls) {
  const mark = (technical ? "!" : "*").repeat(priority === "high" ? 3 : priority === "medium" ? 2 : 1);
  return el("span", { class: "priority", "data-priority": priority, "data-calls": calls ? "true" : null }, el("span", {}, mark), el("span", {}, priority));
}

/** Words where a part is missing. */
export function missing(place, sentence) {
  fill(place, el("p", { class: "missing" }, sentence));
}

/** A percentage of a share. */
export function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** A whole number with thin gaps. */
export function count(number) {
  return number.toLocaleString("en-GB").replaceAll(",", "\u2009");
}
