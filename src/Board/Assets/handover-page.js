// The hand-over of a shift: per bed what happened, what was changed, what is due. Made to be printed, too.

import { gatewayTime } from "./age.js";
import { read } from "./api.js";
import { el, fill } from "./dom.js";
import { reportTools } from "./report-tools.js";
import { start } from "./shell.js";
import { priorityOf } from "./table.js";
import { exactTime, shortTime, toTime } from "./time.js";
import { plainNames } from "./words.js";
import { entryList } from "./timeline.js";

const hour = 60 * 60 * 1000;
const report = document.getElementById("report");

start();
const tools = await reportTools([["8", "8 h"], ["12", "12 h"], ["24", "24 h"]], "12", load, { print: true });
load();

async function load() {
  const now = gatewayTime();
  const query = new URLSearchParams({ from: String(Math.round(now - tools.hours() * hour)), to: String(Math.round(now)) });
  if (tools.ward()) query.set("ward", tools.ward());
  const answer = await read(`api/handover?${query}`, { within: 30_000 });
  if (!answer.ok) {
    fill(report, el("p", { class: "missing" }, answer.sentence));
    return;
  }
  const { beds, from, to, archive, more } = answer.data;
  fill(report,
    el("p", { class: "soft" }, `${exactTime(from)} to ${exactTime(to)}, ${beds.length === 1 ? "1 bed" : `${beds.length} beds`}. Printed or read at ${exactTime(now)}.`),
    archive ? null : el("p", { class: "missing" }, "This gateway keeps no archive: only what stands now is told, nothing of what has been."),
    more ? el("p", { class: "missing" }, "There were more entries than are told here: take a shorter time or one ward.") : null,
    beds.length === 0 ? el("p", { class: "missing" }, "No patient lies here.") : beds.map(bedOf));
}

function bedOf({ patient, due, alerts, entries }) {
  const people = entries.filter((entry) => !["alert", "acknowledgement", "page"].includes(entry.kind));
  const { care } = patient;
  return el("article", { class: "hand-over-bed" },
    el("header", { class: "hand-over-head" },
      el("h2", {}, patient.bed), el("p", {}, patient.patient ?? "empty, and a device goes on sending", el("span", { class: "faint" }, ` ${patient.ward}`)),
      patient.score ? el("p", { class: "score", "data-band": patient.score.band }, `${patient.score.name} ${patient.score.lowest === patient.score.highest ? patient.score.lowest : `≥ ${patient.score.lowest}`} ${patient.score.band}`) : null,
      el("p", { class: "hand-over-values" }, patient.values.filter((value) => value.state === "fresh" || value.state === "stale").map((value) => el("span", {}, `${value.name} `, el("strong", {}, value.text), value.unitShown ? ` ${value.unitShown}` : "", value.quality === "questionable" ? " ?" : "", value.state === "stale" ? ` at ${shortTime(value.time)}` : "")))),
    el("div", { class: "hand-over-columns" },
      block("Now", [
        ...patient.alerts.filter((alert) => alert.state !== "pending").map((alert) => el("li", {}, priorityOf(alert.priority, alert.kind === "technical", alert.calls), ` ${alert.alert} since ${shortTime(alert.since)}${alert.acknowledgement ? `, acknowledged by ${plainNames(alert.acknowledgement.by)}` : ""}`)),
        patient.notMonitored && !care.standby ? el("li", {}, el("strong", {}, "NOT MONITORED: "), patient.notMonitored) : null,
        care.standby ? el("li", {}, el("strong", {}, "STANDBY "), `until ${shortTime(care.standby.until)}: ${care.standby.reason} (${plainNames(care.standby.by)})`) : null,
        care.pause ? el("li", {}, el("strong", {}, "CARE PAUSE "), `until ${shortTime(care.pause.until)} (${plainNames(care.pause.by)})`) : null,
        patient.late ? el("li", {}, `Late: ${patient.late}`) : null,
      ], "Nothing stands."),
      block("Changed limits", care.limits.map((limit) => el("li", {}, `${limit.name} ${limit.value} until ${shortTime(limit.until)}: ${limit.reason} (${plainNames(limit.by)})`)), "As the rule files say."),
      block("Due", due.map((each) => el("li", {}, `${each.name}: `, each.due ? `${toTime(each.due) < gatewayTime() ? "overdue since" : "until"} ${shortTime(each.due)}` : "never taken")), "Nothing within the hour."),
      block("Alerts", alerts.map(alertOf), "None.")),
    people.length > 0 ? el("section", {}, el("h3", {}, "What people did"), entryList(people)) : null);
}

function block(title, items, empty) {
  const shown = items.filter(Boolean);
  return el("section", { class: "hand-over-block" }, el("h3", {}, title), shown.length > 0 ? el("ul", {}, shown) : el("p", { class: "faint" }, empty));
}

// The same alert again and again is one line with its number.
function alertOf({ alert, highest, technical, episodes, acknowledged, last }) {
  return el("li", {}, el("strong", {}, `${episodes} ×`), " ", priorityOf(highest, technical, false), ` ${alert}, `,
    el("span", { class: "soft" }, `last ${shortTime(last)}, ${acknowledged === episodes ? "all acknowledged" : acknowledged === 0 ? "none acknowledged" : `${acknowledged} acknowledged`}`));
}
