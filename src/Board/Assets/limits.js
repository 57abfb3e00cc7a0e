// The limits that count for a patient, and changing them at the bedside within what the rule files allow.

import { act, part, read } from "./api.js";
import { askFor } from "./dialog.js";
import { button, el } from "./dom.js";
import { tell } from "./notice.js";
import { missing, showTable } from "./table.js";
import { shortTime, spanText } from "./time.js";
import { plainNames } from "./words.js";

const times = [30, 60, 240, 720, 1440, 4320, 10080];

/** The limits of a patient. onLimits(all) is told of them. */
export class Limits {
  #patient;
  #onLimits;
  #place = document.getElementById("limits");

  constructor(patient, onLimits) {
    this.#patient = patient;
    this.#onLimits = onLimits;
  }

  /** Reads them anew. */
  async refresh() {
    const answer = await read(`api/patients/${part(this.#patient)}/limits`);
    if (!answer.ok) {
      missing(this.#place, answer.sentence);
      return;
    }
    // Those of the device come behind those of the patient.
    const ofDevice = (limit) => limit.signals.every((signal) => signal === "battery");
    const limits = answer.data.limits.toSorted((a, b) => Number(ofDevice(a)) - Number(ofDevice(b)));
    this.#onLimits(limits);
    showTable(this.#place, {
      caption: "Limits of this patient",
      empty: "The rules have no limits.",
      rows: limits,
      rowAttributes: (row) => ({ class: row.atBedside ? "changed" : null }),
      columns: [
        { label: "Limit", header: true, of: (row) => row.name },
        { label: "Counts", className: "nowrap", of: (row) => `${row.value}${row.unit ? ` ${row.unit}` : ""}` },
        { label: "Allowed", className: "nowrap soft", of: (row) => (row.lowest === undefined || row.highest === undefined ? "not at the bedside" : `${row.lowest} to ${row.highest}`) },
        {
          label: "Changed", of: (row) => row.atBedside
            ? `≠ instead of ${row.fromFiles}, until ${shortTime(row.atBedside.until)}, by ${plainNames(row.atBedside.by)}: ${row.atBedside.reason}` : null,
        },
        {
          label: "", className: "actions-cell", of: (row) => el("span", {},
            row.lowest === undefined ? null : button("Change …", () => this.#set(row), { class: "button small", "aria-label": `Change the limit ${row.name}` }),
            row.atBedside ? button("Take back", () => this.#clear(row), { class: "button small", "aria-label": `Take back the limit ${row.name}` }) : null),
        },
      ],
    });
  }

  async #set(row) {
    const said = await askFor({
      title: `Limit: ${row.name}`,
      text: `${row.fromFiles}${row.unit ? ` ${row.unit}` : ""} by the rule files; ${row.lowest} to ${row.highest} is allowed at the bedside.`,
      fields: [
        { name: "value", label: `Value${row.unit ? ` in ${row.unit}` : ""}`, type: "number", value: row.value, min: row.lowest, max: row.highest, required: true },
        { name: "minutes", label: "For", type: "select", value: "720", options: times.map((minutes) => [String(minutes), spanText(minutes * 60)]) },
        { name: "reason", label: "Reason", required: true, most: 500, list: ["Known for this patient", "Ordered by the physician", "COPD, target 88 to 92 %"] },
      ],
      confirm: "Set the limit",
    });
    if (!said) return;
    const body = { value: Number(said.value), minutes: Number(said.minutes), reason: said.reason };
    if (tell(await act(`api/patients/${part(this.#patient)}/limits/${part(row.limit)}`, body))) this.refresh();
  }

  async #clear(row) {
    if (tell(await act(`api/patients/${part(this.#patient)}/limits/${part(row.limit)}/clear`, {}))) this.refresh();
  }
}
