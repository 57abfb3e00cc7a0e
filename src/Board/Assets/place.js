// Where a patient lies, with which devices, what is expected: transfer, discharge, devices, monitored signals, and undoing.

import { act, part, read } from "./api.js";
import { askFor } from "./dialog.js";
import { button, el, fill } from "./dom.js";
import { tell } from "./notice.js";
import { shortTime } from "./time.js";
import { plainNames } from "./words.js";

const stepsShown = 6;

/** Shows the place of a patient; present() is the patient as now. */
export async function showPlace(place, patient, present) {
  const answer = await read("api/census");
  if (!answer.ok) {
    fill(place, el("p", { class: "missing" }, answer.sentence));
    return;
  }
  const census = answer.data;
  const again = () => showPlace(place, patient, present);
  const bed = census.beds.find((each) => each.patient === patient);
  const steps = census.steps.filter((step) => step.words.includes(patient) || (bed && bed.devices.some((device) => step.words.includes(device)))).slice(0, stepsShown);
  fill(place,
    el("p", {}, bed ? el("span", {}, el("strong", {}, `${bed.bed}`), ` in ${bed.ward}, with ${bed.devices.length > 0 ? bed.devices.join(", ") : "no device"}`) : "At no bed."),
    bed ? el("div", { class: "actions" },
      button("Transfer …", async () => run(await transfer(patient, census), again), { class: "button small" }),
      button("Discharge …", async () => run(await discharge(patient, present()), again), { class: "button small" }),
      button("Move a device …", async () => run(await moveDevice(bed, census), again), { class: "button small" }),
      button("Monitored signals …", async () => run(await monitored(patient, bed), again), { class: "button small" }))
      : own(patient, present()) ? el("div", { class: "actions" }, button("Put to a bed …", async () => run(await putToBed(patient, census), again), { class: "button small" })) : null,
    importOf(census.waiting, again),
    steps.length > 0 ? el("ul", { class: "steps" }, steps.map((step) => el("li", {},
      el("span", { class: "nowrap soft" }, shortTime(step.at)), ` ${step.words}${step.reason ? `: ${step.reason}` : ""}`, step.by ? el("span", { class: "faint" }, ` ${plainNames(step.by)}`) : null, " ",
      step.mayBeUndone ? button("Undo …", async () => run(await undo(step), again), { class: "button small", "aria-label": `Undo: ${step.words}` }) : null))) : null);
}

/** Asks who comes to an empty bed. */
export async function admit(census) {
  const empty = census.beds.filter((bed) => !bed.patient);
  if (empty.length === 0) return { ok: false, sentence: "There is no empty bed." };
  const said = await askFor({
    title: "Admit a patient",
    fields: [
      { name: "bed", label: "Bed", type: "select", options: empty.map((bed) => [key(bed), `${bed.bed} (${bed.ward})`]) },
      { name: "patient", label: "Patient's id", required: true },
      { name: "population", label: "Counts among", type: "select", options: [["", "nobody has said"], ["adults", "adults"], ["children", "children (under 16)"], ["pregnant", "pregnant"]] },
      { name: "tags", label: "Tags, with commas between them" },
    ],
    confirm: "Admit",
  });
  return said ? act("api/census/admit", { ...bedOf(said.bed), patient: said.patient, population: said.population, tags: words(said.tags) }) : null;
}

async function transfer(patient, census) {
  const empty = census.beds.filter((bed) => !bed.patient);
  if (empty.length === 0) return { ok: false, sentence: "There is no empty bed." };
  const said = await askFor({
    title: `Transfer ${patient}`,
    text: "Alerts, acknowledgements, limits and care go along.",
    fields: [{ name: "bed", label: "To", type: "select", options: empty.map((bed) => [key(bed), `${bed.bed} (${bed.ward})`]) }],
    confirm: "Transfer",
  });
  return said ? act(`api/patients/${part(patient)}/transfer`, bedOf(said.bed)) : null;
}

async function discharge(patient, now) {
  const standing = now?.alerts.filter((alert) => alert.state !== "pending").length ?? 0;
  const said = await askFor({
    title: `Discharge ${patient}`,
    text: standing > 0 ? `${standing} alert${standing > 1 ? "s stand" : " stands"} and will end: give a reason.` : "Nothing stands.",
    fields: [{ name: "reason", label: standing > 0 ? "Reason" : "Reason (may be empty)", required: standing > 0, most: 500 }],
    confirm: "Discharge",
    danger: true,
  });
  return said ? act(`api/patients/${part(patient)}/discharge`, { reason: said.reason }) : null;
}

async function moveDevice(bed, census) {
  const devices = [...new Set([...(bed?.devices ?? []), ...census.beds.flatMap((each) => each.devices)])];
  if (devices.length === 0) return { ok: false, sentence: "No device stands at any bed." };
  const said = await askFor({
    title: "Move a device",
    text: "Its timers begin anew; alerts that rest on it end with that reason.",
    fields: [
      { name: "device", label: "Device", type: "select", options: devices.map((device) => [device, device]) },
      { name: "bed", label: "To", type: "select", value: bed ? key(bed) : "", options: [["", "no bed"], ...census.beds.map((each) => [key(each), `${each.bed} (${each.ward})`])] },
    ],
    confirm: "Move",
  });
  return said ? act(`api/devices/${part(said.device)}/move`, bedOf(said.bed)) : null;
}

/** Whether it is a device that stands for itself, at no bed. */
function own(patient, now) {
  return now?.bed === "" && now.devices.length === 1 && now.devices[0].device === patient;
}

async function putToBed(device, census) {
  if (census.beds.length === 0) return { ok: false, sentence: "There is no bed in the census." };
  const said = await askFor({
    title: `Put ${device} to a bed`,
    text: "From now on what it measures is of the patient who lies there.",
    fields: [{ name: "bed", label: "To", type: "select", options: census.beds.map((each) => [key(each), `${each.bed} (${each.ward})${each.patient ? `, ${each.patient}` : ", empty"}`]) }],
    confirm: "Put",
  });
  return said ? act(`api/devices/${part(device)}/move`, bedOf(said.bed)) : null;
}

async function monitored(patient, bed) {
  const signals = await read("api/signals");
  if (!signals.ok) return signals;
  const expected = new Set(bed.monitored);
  const said = await askFor({
    title: `What is expected of ${patient}`,
    text: "Only what is expected can be missing. What is not chosen is shown all the same.",
    fields: [
      ...signals.data.signals.map((signal) => ({ name: signal.id, label: signal.name, type: "checkbox", value: expected.has(signal.id) })),
      { name: "tags.", label: "Tags, with commas between them", value: bed.tags.join(", ") },
      { name: "population.", label: "Counts among", type: "select", value: bed.population, options: [["", "nobody has said"], ["adults", "adults"], ["children", "children (under 16)"], ["pregnant", "pregnant"]] },
    ],
    confirm: "Change",
  });
  if (!said) return null;
  const chosen = signals.data.signals.filter((signal) => said[signal.id]).map((signal) => signal.id);
  return act(`api/patients/${part(patient)}`, { monitored: chosen, tags: words(said["tags."]), population: said["population."] });
}

async function undo(step) {
  const said = await askFor({
    title: "Undo",
    text: `${step.words}. It is corrected from ${shortTime(step.from)} on; the record of it stays.`,
    fields: [{ name: "reason", label: "Reason", required: true, most: 500, list: ["Wrong bed", "Wrong patient", "Wrong device"] }],
    confirm: "Undo",
  });
  return said ? act(`api/census/changes/${step.id}/undo`, { reason: said.reason }) : null;
}

function importOf(waiting, again) {
  if (!waiting) return null;
  return el("section", { class: "mark-box stack" },
    el("strong", {}, `A census file waits since ${shortTime(waiting.since)}`),
    el("ul", { class: "steps" }, waiting.differences.map((words) => el("li", {}, words))),
    el("div", { class: "actions" },
      button("It counts", async () => run(await act("api/census/import", { apply: true }), again), { class: "button small primary" }),
      button("Drop it", async () => run(await act("api/census/import", { apply: false }), again), { class: "button small" })));
}

function run(answer, again) {
  if (answer && tell(answer)) again();
}

const key = (bed) => JSON.stringify([bed.ward, bed.bed]);

function bedOf(text) {
  if (!text) return {};
  const [ward, bed] = JSON.parse(text);
  return { ward, bed };
}

function words(text) {
  return (text ?? "").split(",").map((each) => each.trim()).filter(Boolean);
}
