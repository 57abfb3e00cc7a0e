// What a report is about: ward and time, in the address, so that it can be kept and passed on.

import { field } from "./dialog.js";
import { button, el, fill } from "./dom.js";
import { read } from "./api.js";

/** Puts the choice into the page. Returns the query for the interface; load() is called after each change. */
export async function reportTools(spans, spanDefault, load, { print = false } = {}) {
  const asked = new URLSearchParams(location.search);
  const census = await read("api/census");
  const wards = [...new Set((census.data.beds ?? []).map((bed) => bed.ward))];
  const ward = field({ name: "ward", label: "Ward", type: "select", value: asked.get("ward") ?? "", options: [["", "All wards"], ...wards.map((name) => [name, name])] });
  const hours = field({ name: "hours", label: "Time", type: "select", value: asked.get("hours") ?? spanDefault, options: spans });
  const changed = () => {
    history.replaceState(null, "", `?${new URLSearchParams({ ward: ward.value(), hours: hours.value() })}`);
    load();
  };
  fill(document.getElementById("report-tools"), ward.node, hours.node, print ? button("Print", () => window.print(), { class: "button" }) : null);
  for (const each of [ward, hours]) each.input.addEventListener("change", changed);
  return { ward: () => ward.value(), hours: () => Number(hours.value()) };
}

/** A big number with what it is. */
export function figure(value, words, detail) {
  return el("div", { class: "figure" }, el("strong", { class: "figure-value" }, value), el("span", { class: "figure-words" }, words), detail ? el("span", { class: "hint" }, detail) : null);
}
