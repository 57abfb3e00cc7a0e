// The devices, what they sent in vain, and the ways to tell people.

import { ageText } from "./age.js";
import { part, read } from "./api.js";
import { button, el, fill } from "./dom.js";
import { tell } from "./notice.js";
import { admit } from "./place.js";
import { start } from "./shell.js";
import { missing, showTable } from "./table.js";
import { exactTime, shortTime, spanText } from "./time.js";

const refreshEvery = 5_000;
const clockBad = 60;
const batteryLow = 20;

start();
fill(document.getElementById("device-tools"), button("Admit a patient …", async () => {
  const census = await read("api/census");
  const answer = census.ok ? await admit(census.data) : census;
  if (answer && tell(answer)) loadDevices();
}, { class: "button" }));
await Promise.all([loadDevices(), loadChannels(), loadRejects()]);
setInterval(() => {
  if (document.hidden || document.querySelector(".table-box:hover, .table-box:focus-within")) return;
  loadDevices();
  loadChannels();
}, refreshEvery);

async function loadDevices() {
  const place = document.getElementById("devices");
  const answer = await read("api/devices");
  if (!answer.ok) {
    missing(place, answer.sentence);
    return;
  }
  showTable(place, {
    caption: "Devices",
    empty: "No device is known yet.",
    rows: answer.data.devices,
    columns: [
      { label: "Device", header: true, of: (row) => row.device },
      { label: "Place", className: "nowrap", of: (row) => placeOf(row) },
      { label: "State", className: "nowrap", of: (row) => stateOf(row) },
      { label: "Last reading", className: "nowrap", of: (row) => (row.lastReading ? `${shortTime(row.lastReading)} (${ageText(row.silentSeconds * 1000)} ago)` : "never") },
      { label: "Last values", of: (row) => valuesOf(row) },
      { label: "Battery", number: true, of: (row) => (row.batteryPercent === undefined ? "–" : el("span", { class: row.batteryPercent <= batteryLow ? "bad" : null }, `${Math.round(row.batteryPercent)} %${row.batteryPercent <= batteryLow ? " low" : ""}`)) },
      { label: "Firmware", className: "nowrap", of: (row) => row.firmware ?? "–" },
      { label: "Its clock", className: "nowrap", of: (row) => clockOf(row.clockOffsetSeconds) },
    ],
  });
}

function placeOf(row) {
  const words = row.bed ? `${row.bed}, ${row.ward}` : "no bed";
  return row.patient ? el("a", { href: `patient?id=${part(row.patient)}` }, words) : words;
}

// Where a patient lies the values are the patient's and stand on that page; a device without one has nowhere else to show that it measures.
function valuesOf(row) {
  if (!row.values) return row.patient ? el("span", { class: "soft" }, "with the patient") : "–";
  if (row.values.length === 0) return el("span", { class: "soft" }, row.lastReading ? "none yet" : "it has sent no reading yet");
  return el("ul", { class: "inline-values" }, row.values.map((value) => el("li", { class: value.state === "fresh" ? null : "soft" },
    `${value.name} ${value.text}${value.unitShown ? ` ${value.unitShown}` : ""}${value.quality === "questionable" ? " ?" : ""}${value.state === "fresh" ? "" : ` at ${shortTime(value.time)}`}`)));
}

function stateOf(row) {
  const since = row.stateSince ? ` since ${shortTime(row.stateSince)}` : "";
  return row.online === undefined ? el("span", { class: "soft" }, "○ connection unknown") : row.online ? el("span", { class: "good" }, `● online${since}`) : el("strong", { class: "bad" }, `✕ offline${since}`);
}

function clockOf(seconds) {
  if (seconds === undefined) return "–";
  const away = Math.abs(seconds);
  const words = away < 1 ? "right" : `${spanText(away)} ${seconds > 0 ? "behind" : "ahead"}`;
  return el("span", { class: away > clockBad ? "bad" : null }, words);
}

async function loadChannels() {
  const place = document.getElementById("channels");
  const answer = await read("api/channels");
  if (!answer.ok || !answer.data.configured) {
    missing(place, answer.ok ? "This gateway tells nobody but by the board and by MQTT: there is no roster." : answer.sentence);
    return;
  }
  const table = el("div", {});
  fill(place, answer.data.troubles.map((words) => el("p", { class: "bad" }, words)), table);
  showTable(table, {
    caption: "Ways to tell people",
    empty: "No channel is set up.",
    rows: answer.data.channels,
    columns: [
      { label: "Channel", header: true, of: (row) => row.name },
      { label: "Kind", of: (row) => row.kind },
      { label: "State", of: (row) => (row.awaySince ? el("strong", { class: "bad" }, `away since ${shortTime(row.awaySince)}: ${row.reason}`) : el("span", { class: "good" }, "works")) },
      { label: "Waiting", number: true, of: (row) => String(row.waiting) },
      { label: "Last message", className: "nowrap", of: (row) => (row.lastSent ? shortTime(row.lastSent) : "not since the start") },
    ],
  });
}

async function loadRejects() {
  const place = document.getElementById("rejects");
  const answer = await read("api/devices/rejects?most=100", { within: 30_000 });
  if (!answer.ok) {
    missing(place, answer.sentence);
    return;
  }
  showTable(place, {
    caption: "Messages of devices that could not be used, newest first",
    empty: "All messages could be used.",
    rows: answer.data.rejects,
    columns: [
      { label: "Received", header: true, className: "nowrap", of: (row) => exactTime(row.received) },
      { label: "Device", of: (row) => row.device },
      { label: "Why", className: "anywhere", of: (row) => row.reason },
      { label: "Topic", className: "anywhere soft", of: (row) => row.topic },
    ],
  });
}
