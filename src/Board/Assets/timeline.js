// What happened: to a patient, or in a ward.

import { gatewayTime } from "./age.js";
import { part, read } from "./api.js";
import { el, fill } from "./dom.js";
import { priorityOf } from "./table.js";
import { shortTime } from "./time.js";
import { plainNames, withSigns } from "./words.js";

const day = 24 * 60 * 60 * 1000;
const words = { alert: "alert", acknowledgement: "acknowledged", silence: "silence", pause: "care pause", standby: "standby", limit: "limit", observation: "observation", census: "place", page: "told", rules: "rules" };

/** Shows the timeline of a patient over the last day, newest first. */
export async function showTimeline(place, patient) {
  const answer = await read(`api/patients/${part(patient)}/timeline?from=${Math.round(gatewayTime() - day)}&most=200`);
  if (!answer.ok) {
    fill(place, el("p", { class: "missing" }, answer.sentence));
    return;
  }
  const { entries, more } = answer.data;
  fill(place, entries.length === 0 ? el("p", { class: "missing" }, "Nothing in the last 24 h.") : entryList(entries), more ? el("p", { class: "hint" }, "There is more: see the history of the alerts.") : null);
}

/** Entries as a list; bed: with the bed before each. */
export function entryList(entries) {
  return el("ol", { class: "timeline", tabindex: "0" }, entries.map((entry) => el("li", { "data-kind": entry.kind },
    el("time", { class: "nowrap", datetime: entry.time }, shortTime(entry.time)),
    entry.priority ? priorityOf(entry.priority, false, false) : el("span", { class: "kind" }, words[entry.kind] ?? entry.kind),
    el("span", { class: "timeline-words" }, withSigns(plainNames(entry.words)), byOf(entry)))));
}

// Most sentences name who did it already.
function byOf({ by, words }) {
  return by && !words.includes(by) ? el("span", { class: "faint" }, ` ${plainNames(by)}`) : null;
}
