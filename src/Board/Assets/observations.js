// What people measure and see, and what no device sends: the form, and the list with correct and retract.

import { act, part, read } from "./api.js";
import { gatewayTime } from "./age.js";
import { askFor, field } from "./dialog.js";
import { el, fill, button } from "./dom.js";
import { notice, tell } from "./notice.js";
import { missing, showTable } from "./table.js";
import { fieldTime, shortTime, timeOfField } from "./time.js";
import { plainNames } from "./words.js";

const acvpu = { A: "Alert", C: "New confusion", V: "Voice", P: "Pain", U: "Unresponsive" };

/** The form and the list of a patient. */
export class Observations {
  #patient;
  #onChange;
  #signals = null;
  #asked = null;
  #list = el("div", { class: "observations" });
  #place = document.getElementById("observe");

  constructor(patient, onChange) {
    this.#patient = patient;
    this.#onChange = onChange;
  }

  /** Reads the list anew; makes the form at the first time. */
  async refresh() {
    if (!this.#signals) {
      const answer = await read("api/signals");
      if (!answer.ok) return;
      this.#signals = answer.data.signals;
      this.#asked = this.#signals.filter((signal) => signal.observed);
      fill(this.#place, this.#form(), this.#list);
    }
    const answer = await read(`api/patients/${part(this.#patient)}/observations`);
    if (!answer.ok) {
      missing(this.#list, answer.sentence);
      if (answer.status === 404) this.#place.querySelector("form")?.remove();
      return;
    }
    showTable(this.#list, {
      caption: "Observations of the last 24 h",
      empty: "No observation in the last 24 h.",
      rows: answer.data.observations,
      rowAttributes: (row) => ({ class: row.retracted ? "retracted" : null }),
      columns: [
        { label: "Taken", header: true, className: "nowrap", of: (row) => shortTime(row.taken) },
        { label: "Values", of: (row) => row.values.map((value) => `${value.name} ${value.text}${value.unit ? ` ${value.unit}` : ""}`).join(", ") + (row.note ? ` (${row.note})` : "") },
        { label: "By", of: (row) => `${plainNames(row.by)}${row.revision > 1 ? `, version ${row.revision} at ${shortTime(row.recorded)}` : ""}${row.retracted ? `. TAKEN BACK: ${row.retracted}` : ""}` },
        {
          label: "", className: "actions-cell", of: (row) => row.retracted ? null : el("span", {},
            button("Correct …", () => this.#correct(row), { class: "button small", "aria-label": `Correct the observation of ${shortTime(row.taken)}` }),
            button("Take back …", () => this.#retract(row), { class: "button small", "aria-label": `Take back the observation of ${shortTime(row.taken)}` })),
        },
      ],
    });
  }

  #fieldsOf(signals, given = new Map()) {
    return signals.map((signal) => {
      const value = given.get(signal.id)?.text ?? "";
      const base = { name: signal.id, label: signal.unit && signal.form === "number" ? `${signal.name}, ${signal.unit}` : signal.name, value };
      if (signal.form === "letter") {
        return { ...base, type: "select", options: [["", "–"], ...[...signal.letters].map((letter) => [letter, acvpu[letter] ? `${letter} ${acvpu[letter]}` : letter])] };
      }
      if (signal.form === "switch") {
        const flow = given.get(signal.id)?.unit;
        return { ...base, type: "select", options: [["", "–"], ["off", "Air"], ["on", "Oxygen"], ...(flow ? [[value, `Oxygen ${value} ${flow}`]] : [])] };
      }
      return { ...base, type: "number", step: signal.decimals > 0 ? 10 ** -signal.decimals : 1 };
    });
  }

  #form() {
    const fields = new Map(this.#fieldsOf(this.#asked).map((spec) => [spec.name, field(spec)]));
    const taken = field({ name: "taken", label: "Taken (empty: now)", type: "datetime-local" });
    const note = field({ name: "note", label: "Note", most: 500 });
    const form = el("form", { class: "stack", novalidate: true },
      el("div", { class: "grid" }, [...fields.values()].map((each) => each.node)),
      el("div", { class: "row" }, taken.node, el("div", { class: "grow" }, note.node), el("button", { type: "submit", class: "button primary" }, "Record")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const values = [...fields].map(([signal, each]) => ({ signal, value: each.value() })).filter((each) => each.value !== "");
      if (values.length === 0) {
        notice("Nothing is filled in yet.", false);
        fields.values().next().value.input.focus();
        return;
      }
      const answer = await act("api/observations", { patient: this.#patient, taken: takenOf(taken.value()), values, note: note.value() });
      if (!tell(answer)) return;
      form.reset();
      this.#onChange();
    });
    return form;
  }

  async #correct(row) {
    // What was entered elsewhere and is not on this form must not be lost by correcting something else.
    const given = new Map(row.values.map((value) => [value.signal, value]));
    const signals = this.#signals.filter((signal) => signal.observed || given.has(signal.id));
    const said = await askFor({
      title: `Correct the observation of ${shortTime(row.taken)}`,
      text: "The version before stays in the record.",
      fields: [...this.#fieldsOf(signals, given),
        { name: "taken", label: "Taken", type: "datetime-local", value: fieldTime(Date.parse(row.taken)), required: true }, { name: "note", label: "Note", value: row.note ?? "", most: 500 }],
      confirm: "Correct",
    });
    if (!said) return;
    const values = signals.map(({ id }) => ({ signal: id, value: said[id] })).filter((each) => each.value !== "");
    // The field knows minutes only: an unchanged one means the very time of before.
    const taken = said.taken === fieldTime(Date.parse(row.taken)) ? row.taken : takenOf(said.taken);
    if (tell(await act(`api/observations/${part(row.id)}/correct`, { patient: this.#patient, taken, values, note: said.note, revision: row.revision }))) this.#onChange();
  }

  async #retract(row) {
    const said = await askFor({
      title: `Take back the observation of ${shortTime(row.taken)}`,
      text: "Its values count as never measured. The record of it stays.",
      fields: [{ name: "reason", label: "Reason", required: true, most: 500, list: ["Wrong patient", "Wrong value", "Wrong time"] }],
      confirm: "Take back",
      danger: true,
    });
    if (said && tell(await act(`api/observations/${part(row.id)}/retract`, { revision: row.revision, reason: said.reason }))) this.#onChange();
  }
}

function takenOf(text) {
  const time = text ? timeOfField(text) : gatewayTime();
  return new Date(Number.isNaN(time) ? gatewayTime() : time).toISOString();
}
