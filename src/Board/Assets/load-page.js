// How many alerts there were, of which rule, at which bed, and how they were answered.

import { gatewayTime } from "./age.js";
import { read } from "./api.js";
import { el, fill } from "./dom.js";
import { figure, reportTools } from "./report-tools.js";
import { start } from "./shell.js";
import { percent, priorityOf, showTable } from "./table.js";
import { shortTime, spanText } from "./time.js";

const hour = 60 * 60 * 1000;
const bedDaysLeast = 0.5;
const report = document.getElementById("report");
const svg = "http://www.w3.org/2000/svg";

start();
const tools = await reportTools([["24", "24 h"], ["168", "7 d"], ["720", "30 d"], ["2160", "90 d"]], "168", load);
load();

async function load() {
  const now = gatewayTime();
  const query = new URLSearchParams({ from: String(Math.round(now - tools.hours() * hour)), to: String(Math.round(now)) });
  if (tools.ward()) query.set("ward", tools.ward());
  const answer = await read(`api/load?${query}`, { within: 30_000 });
  if (!answer.ok) {
    fill(report, el("p", { class: "missing" }, answer.sentence));
    return;
  }
  const load = answer.data;
  const byRule = el("div", {});
  const byBed = el("div", {});
  fill(report,
    el("p", { class: "soft" }, `${shortTime(load.from)} to ${shortTime(load.to)}, ${load.bedDays.toFixed(1)} bed-days. Only alerts that called count.`),
    el("div", { class: "figures" },
      // A few minutes of a ward, taken for a day, are a number that means nothing.
      load.bedDays < bedDaysLeast ? figure("–", "alerts a bed and day", "not enough bed-days yet") : figure(load.perBedDay.toFixed(1), "alerts a bed and day"),
      figure(String(load.episodes), "alerts"),
      figure(load.medianSecondsToAcknowledge === undefined ? "–" : spanText(load.medianSecondsToAcknowledge), "until half were acknowledged"),
      figure(percent(load.shorterThan30Seconds), "over within 30 s", "of the physiological ones: often nobody could have come")),
    panel("By rule", byRule), panel("By bed", byBed),
    panel("By hour of the day", hours(load.byHour)));
  rowsOf(byRule, load.byRule, "Rule");
  rowsOf(byBed, load.byBed, "Bed");
}

function panel(title, content) {
  return el("section", { class: "panel" }, el("h2", {}, title), content);
}

function rowsOf(place, rows, what) {
  const highest = Math.max(1, ...rows.map((row) => row.episodes));
  showTable(place, {
    caption: `Alerts by ${what.toLowerCase()}`,
    empty: "No alert in this time.",
    rows,
    columns: [
      { label: what, header: true, of: (row) => (row.name === "unassigned" ? "no bed" : row.name) },
      { label: "Highest", of: (row) => priorityOf(row.highest, false, false) },
      { label: "Alerts", className: "bar-cell", of: (row) => bar(row.episodes / highest, row.episodes, row.share) },
      { label: "Acknowledged", number: true, of: (row) => `${row.acknowledged}` },
      { label: "Median to it", number: true, of: (row) => (row.medianSecondsToAcknowledge === undefined ? "–" : spanText(row.medianSecondsToAcknowledge)) },
      { label: "Median length", number: true, of: (row) => (row.medianSecondsLong === undefined ? "–" : spanText(row.medianSecondsLong)) },
      { label: "Over within 30 s", number: true, of: (row) => percent(row.shorterThan30Seconds) },
    ],
  });
}

function bar(share, number, ofAll) {
  const drawing = document.createElementNS(svg, "svg");
  drawing.setAttribute("viewBox", "0 0 100 10");
  drawing.setAttribute("preserveAspectRatio", "none");
  drawing.setAttribute("class", "bar-line");
  drawing.setAttribute("aria-hidden", "true");
  const rect = document.createElementNS(svg, "rect");
  rect.setAttribute("width", String(Math.max(0.5, share * 100)));
  rect.setAttribute("height", "10");
  drawing.append(rect);
  return el("span", { class: "bar-row" }, drawing, el("span", { class: "bar-number" }, `${number}`, el("span", { class: "faint" }, ` ${percent(ofAll)}`)));
}

function hours(numbers) {
  const most = Math.max(1, ...numbers);
  const [width, height, foot] = [24 * 20, 110, 16];
  const drawing = document.createElementNS(svg, "svg");
  drawing.setAttribute("viewBox", `0 0 ${width} ${height + foot}`);
  drawing.setAttribute("class", "bars");
  drawing.setAttribute("role", "img");
  const peak = numbers.indexOf(most);
  drawing.setAttribute("aria-label", `Alerts by hour: most, ${most}, from ${peak} to ${peak + 1} o'clock; by hour from midnight ${numbers.join(", ")}`);
  numbers.forEach((number, at) => {
    const tall = Math.max(1, (number / most) * (height - 16));
    const rect = document.createElementNS(svg, "rect");
    for (const [name, value] of Object.entries({ x: at * 20 + 2, y: height - tall, width: 16, height: tall, rx: 1.5 })) rect.setAttribute(name, value);
    drawing.append(rect);
    if (number > 0) drawing.append(text(at * 20 + 10, height - tall - 3, String(number), "bar-above"));
    if (at % 3 === 0) drawing.append(text(at * 20 + 10, height + foot - 4, String(at).padStart(2, "0"), "bar-below"));
  });
  return drawing;
}

function text(x, y, words, className) {
  const node = document.createElementNS(svg, "text");
  node.setAttribute("x", x);
  node.setAttribute("y", y);
  node.setAttribute("class", className);
  node.textContent = words;
  return node;
}
