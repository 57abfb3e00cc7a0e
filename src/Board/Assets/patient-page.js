// One patient: what is known now, the charts, and all that can be done.

import { part, read } from "./api.js";
import { openCare, noteSeen } from "./care.js";
import { Charts } from "./charts.js";
import { button, el, fill } from "./dom.js";
import { onKey } from "./keys.js";
import { Limits } from "./limits.js";
import { Observations } from "./observations.js";
import { showPlace } from "./place.js";
import { start } from "./shell.js";
import { showStanding } from "./standing.js";
import { shortTime } from "./time.js";
import { showTimeline } from "./timeline.js";
import { showValues } from "./values.js";
import { plainNames } from "./words.js";

const patient = new URLSearchParams(location.search).get("id") ?? "";
const slowEvery = 30_000;
// The charts in this order, then whatever else is a number of the patient.
const order = ["hr", "pulse", "spo2", "rr", "art_sbp", "art_map", "art_dbp", "sbp", "map", "dbp", "etco2", "temp"];
const uncharted = new Set(["battery", "silence", "clock_offset", "avpu", "o2"]);
// What the gateway knows of the device, not what the device measures: the alerts tell of it.
const unshown = new Set(["silence", "clock_offset"]);

const head = document.getElementById("patient-head");
const charts = new Charts(patient);
const observations = new Observations(patient, () => refreshSlow());
const limits = new Limits(patient, (all) => charts.limits(all));
let present = null;
let slowAt = -Infinity;

onKey("o", "To the observation form", () => document.querySelector("#observe input, #observe select")?.focus());
onKey("c", "Care of this patient", () => document.getElementById("care")?.click());

charts.onWindow = async ({ from, to }) => {
  const query = new URLSearchParams({ patient, from: String(Math.round(from)), to: String(Math.round(to)), most: "500" });
  const answer = await read(`api/alerts/history?${query}`);
  if (answer.ok) {
    charts.alerts(answer.data.episodes.map((episode) => ({ from: Date.parse(episode.raised), to: episode.ended ? Date.parse(episode.ended) : Infinity, priority: episode.highest })));
  } else if (present) {
    // Without an archive only what stands now can be drawn.
    charts.alerts(present.alerts.map((alert) => ({ from: Date.parse(alert.since), to: Infinity, priority: alert.priority })));
  }
};

if (!patient) {
  document.title = "Patient";
  fill(document.getElementById("content"), el("p", { class: "connecting" }, "Choose a patient on the ward board."));
  start();
} else {
  start({
    stream: `api/patients/stream?patient=${part(patient)}`,
    kinds: ["patients", "change"],
    onEvent: (kind, { patients, header }) => {
      if (patients.length > 0) show(patients[0], header);
      else if (kind === "patients") showGone();
      if (performance.now() - slowAt > slowEvery) refreshSlow();
    },
  });
}

function show(now, header) {
  present = now;
  const title = [...new Set([now.bed || now.devices[0]?.device, now.patient])].filter(Boolean).join(" · ");
  setHere(true, Boolean(now.bed));
  const care = now.care;
  const marks = [
    care.standby ? el("p", { class: "mark-box" }, `STANDBY until ${shortTime(care.standby.until)}: ${care.standby.reason} (${plainNames(care.standby.by)})`) : null,
    care.pause ? el("p", { class: "mark-box" }, `CARE PAUSE until ${shortTime(care.pause.until)} (${plainNames(care.pause.by)})`) : null,
    now.notMonitored && !care.standby ? el("p", { class: "mark-box strong" }, `NOT MONITORED: ${now.notMonitored}`) : null,
    now.late ? el("p", { class: "mark-box" }, `Late: ${now.late} `, button("Seen", () => noteSeen({ patient: now.patient }), { class: "button small" })) : null,
    now.scoresOff ? el("p", { class: "soft" }, now.scoresOff) : null,
  ];
  const score = now.score ? el("p", { class: "score", "data-band": now.score.band }, `${now.score.name} ${now.score.lowest === now.score.highest ? now.score.lowest : `${now.score.lowest} to ${now.score.highest}`} ${now.score.band}`) : null;
  const view = { title: now.bed, patient: now.patient, subject: now.patient, care: { pauseUntil: care.pause?.until, standbyUntil: care.standby?.until } };
  const key = JSON.stringify([title, marks.map((node) => node?.textContent), score?.textContent, now.ward]);
  if (head.dataset.key !== key) {
    head.dataset.key = key;
    document.title = title;
    fill(head, el("h1", { id: "patient-title" }, title), el("p", { class: "soft" }, now.bed ? now.ward : "A device at no bed: what it measures is of nobody who is known"), score, button("Care …", () => openCare(view), { id: "care", "aria-haspopup": "dialog" }), ...marks);
  }
  showValues(document.getElementById("now-values"), { ...now, values: now.values.filter((value) => !unshown.has(value.signal)) });
  showStanding(document.getElementById("standing-list"), now.alerts, { explain: true });
  if (header.history) {
    charts.signals(now.values.filter((value) => !uncharted.has(value.signal)).sort((a, b) => rank(a.signal) - rank(b.signal))
      .map((value) => ({ signal: value.signal, name: value.name, unit: value.unitShown || value.unit })));
  } else {
    document.getElementById("charts-hint").textContent = "This gateway keeps no history: there is nothing to draw.";
  }
}

function rank(signal) {
  const place = order.indexOf(signal);
  return place < 0 ? order.length : place;
}

/** Without somebody there is nothing of now; without a bed nobody can have been looked at. */
function setHere(here, atBed) {
  for (const id of ["now", "standing"]) document.getElementById(id).hidden = !here;
  const observation = document.getElementById("observation");
  observation.hidden = here && !atBed;
  observation.toggleAttribute("data-gone", !here);
}

async function showGone() {
  present = null;
  setHere(false, false);
  delete head.dataset.key;
  fill(head, el("h1", { id: "patient-title" }, patient), el("p", { class: "mark-box strong" }, "There is no such patient here now. What was stored can still be looked at, and what was observed can be corrected."));
  const answer = await read("api/signals");
  if (answer.ok) {
    charts.signals(answer.data.signals.filter((signal) => order.includes(signal.id)).sort((a, b) => rank(a.id) - rank(b.id))
      .map((signal) => ({ signal: signal.id, name: signal.name, unit: signal.unit })), true);
  }
}

async function refreshSlow() {
  slowAt = performance.now();
  await Promise.all([limits.refresh(), observations.refresh(), showTimeline(document.getElementById("timeline"), patient), showPlace(document.getElementById("place"), patient, () => present)]);
}
