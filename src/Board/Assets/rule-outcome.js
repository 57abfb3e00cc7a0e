// What other rules would change: about the rules, at the alerts that stand, and what they would have done in the last day.

import { el } from "./dom.js";
import { priorityOf, showTable } from "./table.js";
import { spanText } from "./time.js";

const effectWords = { changed: "stands, but changed", beginsAnew: "its time begins anew", raised: "is raised", ended: "ENDS", unknown: "is not known" };

/** The plan and the backtest, as elements. */
export function outcomeOf(plan, backtest) {
  return [plan.ok ? planOf(plan.data) : el("p", { class: "missing" }, plan.sentence), backtest.ok ? backtestOf(backtest.data) : el("p", { class: "missing" }, backtest.sentence)];
}

function planOf(plan) {
  const alerts = el("div", {});
  if (plan.alerts.length > 0) {
    showTable(alerts, {
      caption: "Alerts that stand",
      empty: "",
      rows: plan.alerts,
      columns: [
        { label: "Bed", header: true, className: "nowrap", of: (row) => row.bed || row.ward },
        { label: "Alert", of: (row) => el("span", {}, priorityOf(row.priority, false, false), ` ${row.alert}`) },
        { label: "What becomes of it", of: (row) => el("span", { class: row.effect === "ended" ? "bad" : null }, effectWords[row.effect] ?? row.effect) },
        { label: "Why", className: "soft", of: (row) => row.why },
      ],
    });
  }
  const limits = el("div", {});
  if (plan.limits.length > 0) {
    showTable(limits, {
      caption: "Limits set at the bedside that would END",
      empty: "",
      rows: plan.limits,
      columns: [
        { label: "Bed", header: true, className: "nowrap", of: (row) => row.bed || row.ward },
        { label: "Patient", of: (row) => row.patient },
        { label: "Limit", of: (row) => `${row.name} ${row.value}` },
        { label: "Set by", of: (row) => row.by },
        { label: "Why", className: "soft", of: (row) => row.why },
      ],
    });
  }
  return el("section", { class: "stack" },
    plan.needsApproval ? el("p", { class: "mark-box" }, el("strong", {}, "It would wait for approval: "), plan.approvalReasons.join("; "), ".") : el("p", { class: "good" }, "It would come into force at once."),
    plan.rules.length === 0 ? el("p", { class: "soft" }, "The rules are the same.") : el("ul", { class: "steps" }, plan.rules.map((rule) => el("li", {}, el("strong", { class: rule.removed ? "bad" : null }, rule.subject), `: ${rule.words}`))),
    el("p", { class: "soft" }, `Of the alerts that stand, ${plan.kept} stay as they are${plan.alerts.length > 0 ? `, ${plan.alerts.length} do not:` : "."}`), alerts, limits);
}

function backtestOf(backtest) {
  const rows = el("div", {});
  showTable(rows, {
    caption: "By alert",
    empty: "Neither raised anything.",
    rows: backtest.rules,
    columns: [
      { label: "Alert", header: true, of: (row) => row.alert },
      { label: "In force", number: true, of: (row) => (row.before === undefined ? "–" : String(row.before)) },
      { label: "These", number: true, of: (row) => (row.after === undefined ? "–" : String(row.after)) },
      { label: "Change", number: true, of: (row) => change(row.before ?? 0, row.after ?? 0) },
      { label: "Median length", number: true, of: (row) => [row.medianSecondsBefore, row.medianSecondsAfter].map((seconds) => (seconds === undefined ? "–" : spanText(seconds))).join(" → ") },
    ],
  });
  return el("section", { class: "stack" },
    el("h3", {}, `The last ${backtest.hours} h played through both: ${backtest.before} alerts before, ${backtest.after} with these (${backtest.patients} patients, ${backtest.patientDays.toFixed(1)} patient-days)`),
    backtest.lost > 0 ? el("p", { class: "bad" }, `${backtest.lost} alert${backtest.lost > 1 ? "s" : ""} of a minute or longer would not be raised any more.`) : null, rows);
}

function change(before, after) {
  return before === after ? "±0" : after > before ? `+${after - before}` : `−${before - after}`;
}
