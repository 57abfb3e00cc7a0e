// Care of one patient from the tile: a pause while somebody is there, a standby while the patient is away.

import { act, part } from "./api.js";
import { askFor } from "./dialog.js";
import { el } from "./dom.js";
import { tell } from "./notice.js";
import { spanText } from "./time.js";

let count = 0;

/** Opens what can be done for the patient of a tile. */
export function openCare(view) {
  const id = `care-${++count}`;
  const patient = view.patient ?? view.subject;
  const path = `api/patients/${part(patient)}`;
  const dialog = el("dialog", { class: "ask", "aria-labelledby": id });
  const choose = (text, run, attributes = {}) => el("button", {
    type: "button", class: "button", ...attributes,
    onclick: async () => {
      dialog.close();
      tell(await run());
    },
  }, text);
  const care = view.care ?? {};
  dialog.append(
    el("h2", { id }, `${view.title}${view.patient ? ` · ${view.patient}` : ""}`),
    el("section", { class: "ask-section" },
      el("h3", {}, "Care pause"),
      el("p", { class: "hint" }, "While somebody is at the bed the alerts of this patient call nobody. It ends by itself, and a threatening alert breaks it."),
      el("div", { class: "choices" }, care.pauseUntil
        ? choose("Resume now", () => act(`${path}/resume`, {}), { class: "button primary" })
        : [2, 5, 10].map((minutes) => choose(`${minutes} min`, () => act(`${path}/pause`, { minutes }))))),
    el("section", { class: "ask-section" },
      el("h3", {}, "Standby"),
      el("p", { class: "hint" }, "The patient is away from the devices, for example in the theatre: nothing is expected, and nobody is called."),
      el("div", { class: "choices" }, care.standbyUntil
        ? choose("Patient is back", () => act(`${path}/return`, {}), { class: "button primary" })
        : choose("Patient goes away …", () => standBy(path)))),
    el("div", { class: "ask-buttons" },
      el("a", { class: "button", href: `patient?id=${part(patient)}` }, "Open the patient"),
      el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Close")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Notes that what came late was seen. */
export async function noteSeen(view) {
  return tell(await act(`api/patients/${part(view.patient ?? view.subject)}/seen`, {}));
}

async function standBy(path) {
  const said = await askFor({
    title: "Standby",
    text: "After this time the patient counts as there again, whatever happens.",
    fields: [
      { name: "minutes", label: "For at most", type: "select", value: "120", options: [15, 30, 60, 120, 240, 480, 720].map((minutes) => [String(minutes), spanText(minutes * 60)]) },
      { name: "reason", label: "Reason", required: true, most: 500, list: ["Theatre", "CT", "MRI", "X-ray", "Physiotherapy", "On leave from the ward"] },
    ],
    confirm: "Begin standby",
  });
  return said ? act(`${path}/standby`, { minutes: Number(said.minutes), reason: said.reason }) : null;
}
