// All alerts: what stands, and the history with filters.

import { silenceWard } from "./alert-acts.js";
import { part, read } from "./api.js";
import { gatewayTime } from "./age.js";
import { field, show } from "./dialog.js";
import { button, el, fill } from "./dom.js";
import { notice } from "./notice.js";
import { start } from "./shell.js";
import { showStanding } from "./standing.js";
import { missing, priorityOf, showTable } from "./table.js";
import { exactTime, shortTime, spanText, toTime } from "./time.js";
import { compared, withSigns } from "./words.js";

const hour = 60 * 60 * 1000;
const spans = [["12", "12 h"], ["24", "24 h"], ["72", "3 d"], ["168", "7 d"], ["720", "30 d"], ["9600", "400 d"]];
const pageSize = 100;
const changeWords = {
  entered: "", updated: "changed", acknowledged: "acknowledged", moved: "moved to another bed", announced: "calls from now on", silenced: "silenced", rearmed: "calls again", held: "held back", released: "no longer held back",
};

const standing = document.getElementById("standing");
const history = document.getElementById("history");
let wards = "";
let rows = [];

const filters = new Map([
  { name: "hours", label: "Time", type: "select", value: "12", options: spans },
  { name: "ward", label: "Ward" },
  { name: "patient", label: "Patient" },
  { name: "alert", label: "Alert" },
  { name: "priority", label: "Priority", type: "select", options: [["", "any"], ["high", "high"], ["medium", "medium"], ["low", "low"]] },
  { name: "kind", label: "Kind", type: "select", options: [["", "any"], ["physiological", "physiological"], ["technical", "technical"]] },
  { name: "acknowledged", label: "Acknowledged", type: "select", options: [["", "any"], ["true", "yes"], ["false", "by nobody"]] },
].map((spec) => [spec.name, field(spec)]));

const form = el("form", { class: "filters", novalidate: true }, [...filters.values()].map((each) => each.node), el("button", { type: "submit", class: "button" }, "Show"));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  load();
});
form.addEventListener("change", (event) => event.target.matches("select") && load());
fill(document.getElementById("filters"), form);
load();

start({
  onEvent: (kind, { alerts }) => {
    if (!alerts) return;
    showStanding(standing, [...alerts].sort(byUrgency), { places: true, explain: true });
    showWardTools([...new Set(alerts.map((alert) => alert.ward))].sort());
  },
});

function byUrgency(a, b) {
  const order = ["high", "medium", "low"];
  return order.indexOf(a.priority) - order.indexOf(b.priority) || Number(b.calls) - Number(a.calls) || a.since.localeCompare(b.since);
}

function showWardTools(names) {
  if (names.join("\n") === wards) return;
  wards = names.join("\n");
  fill(document.getElementById("ward-tools"), names.map((ward) => button(`Silence what stands ${ward === "unassigned" ? "at no bed" : `in ${ward}`} …`, async () => {
    const outcome = await silenceWard(ward);
    if (outcome) notice(outcome.sentence, outcome.good);
  }, { class: "button small" })));
}

async function load(before = null) {
  const query = new URLSearchParams({ most: String(pageSize), from: String(Math.round(gatewayTime() - Number(filters.get("hours").value()) * hour)) });
  for (const [name, each] of filters) if (name !== "hours" && each.value()) query.set(name, each.value());
  if (before) query.set("before", before);
  const answer = await read(`api/alerts/history?${query}`);
  if (!answer.ok) {
    missing(history, answer.sentence);
    return;
  }
  rows = before ? [...rows, ...answer.data.episodes] : answer.data.episodes;
  showTable(history, {
    caption: "History of the alerts",
    empty: "No alert in this time.",
    rows,
    columns: [
      { label: "Raised", header: true, className: "nowrap", of: (row) => shortTime(row.raised) },
      { label: "Bed", className: "nowrap", of: (row) => row.last.bed || (row.last.ward === "unassigned" ? "no bed" : row.last.ward) },
      { label: "Priority", of: (row) => priorityOf(row.highest, row.last.kind === "technical", !row.ended && row.last.calls) },
      { label: "Alert", of: (row) => el("span", {}, el("strong", {}, row.last.alert), " ", el("span", { class: "soft" }, compared(row.value, row.limit))) },
      { label: "Patient", className: "nowrap", of: (row) => el("a", { href: `patient?id=${part(row.last.patient)}` }, row.last.patient) },
      { label: "Lasted", className: "nowrap", of: (row) => (row.ended ? spanText((toTime(row.ended) - toTime(row.raised)) / 1000) : "stands") },
      { label: "Acknowledged", className: "nowrap", of: (row) => (row.firstAcknowledged ? `after ${spanText((toTime(row.firstAcknowledged) - toTime(row.raised)) / 1000)}` : "by nobody") },
      { label: "", className: "actions-cell", of: (row) => button("Course", () => course(row), { class: "button small", "aria-label": `Course of ${row.last.alert} at ${row.last.bed}` }) },
    ],
  });
  if (answer.data.before) history.append(el("p", {}, button("Older ones", () => load(answer.data.before))));
}

async function course(row) {
  const answer = await read(`api/alerts/episodes/${part(row.last.episode)}`);
  if (!answer.ok) {
    notice(answer.sentence, false);
    return;
  }
  const { events, escalation } = answer.data;
  const begin = toTime(events[0].time);
  show(`${row.last.alert}, ${row.last.bed || row.last.patient}`,
    el("ol", { class: "timeline" }, events.map((event) => el("li", {},
      el("time", { class: "nowrap" }, exactTime(event.time)),
      el("span", { class: "kind" }, `+ ${spanText((toTime(event.time) - begin) / 1000)}`),
      el("span", { class: "timeline-words" }, el("strong", {}, changeWords[event.change] || event.alert.state), event.by ? ` by ${event.by}` : "", ` ${withSigns(event.alert.reason)}`)))),
    escalation ? el("section", {}, el("h3", {}, "Who was told"), el("ul", { class: "steps" }, escalation.pages.map((page) => el("li", {},
      `${exactTime(page.at)} ${page.person} (${page.role || "route"}) over ${page.channel}: ${page.state}${page.reason ? `, ${page.reason}` : ""}`)))) : null,
    el("p", { class: "soft" }, `Rule set ${row.last.ruleSet.slice(0, 8)}`));
}
