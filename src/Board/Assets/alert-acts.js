// What a person does to an alert. Each act names what was seen: an alert that has changed since answers that it has.

import { act, part } from "./api.js";
import { askFor } from "./dialog.js";
import { spanText } from "./time.js";

const reasons = ["Being seen to", "Suctioning", "Known, treated", "Sensor being changed", "Artefact by movement"];
const steps = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

/**
 * Acknowledges the episode a person saw: id, episode, state, priority. Returns the sentence to show and whether it is good news; null when the person
 * thought better of it.
 */
export async function acknowledge({ id, episode, state, priority }, note = "") {
  const answer = await act(`api/alerts/${part(id)}/ack`, { episode, state, priority, note });
  if (!answer) return null;
  const said = answer.data;
  if (answer.ok) {
    const first = said.alert?.acknowledgement?.by;
    return said.result === "alreadyAcknowledged" && first
      ? { good: true, sentence: `${first} had acknowledged it before.` }
      : { good: true, sentence: answer.sentence || "Acknowledged." };
  }
  if (answer.status === 409) return { good: false, sentence: answer.sentence + stateNow(said.alert) };
  return { good: false, sentence: answer.status === 0 ? answer.sentence : `NOT acknowledged. ${answer.sentence}` };
}

/** Asks for a note, then acknowledges with it. */
export async function acknowledgeWithNote(alert) {
  const said = await askFor({
    title: `Acknowledge: ${alert.name}`,
    fields: [{ name: "note", label: "Note (may be empty)", type: "textarea" }],
    confirm: "Acknowledge",
  });
  return said ? acknowledge(alert, said.note) : null;
}

/** Silences one alert: for how long and why. */
export async function silence({ id, episode, name, silenceMost }) {
  const said = await askFor({
    title: `Silence: ${name}`,
    text: `It stays on the board but calls nobody. At most ${spanText(silenceMost)}.`,
    fields: [
      {
        name: "seconds", label: "For", type: "choice", required: true, value: String(Math.min(silenceMost, 120)),
        options: steps.filter((seconds) => seconds <= silenceMost).slice(-5).map((seconds) => [String(seconds), spanText(seconds)]),
      },
      { name: "reason", label: "Reason", required: true, list: reasons, most: 500 },
    ],
    confirm: "Silence",
  });
  if (!said) return null;
  return outcomeOf(await act(`api/alerts/${part(id)}/silence`, { episode, seconds: Number(said.seconds), reason: said.reason }), "NOT silenced.");
}

/** Ends a silence. */
export async function unsilence({ id, episode }) {
  return outcomeOf(await act(`api/alerts/${part(id)}/unsilence`, { episode }), "Still silenced.");
}

/** Silences what stands in a ward and is of one kind; never what is of high priority. */
export async function silenceWard(ward) {
  const said = await askFor({
    title: `Silence what stands in ${ward}`,
    text: "Only what stands now, and never alerts of high priority. What is raised later calls as always.",
    fields: [
      { name: "kind", label: "Which", type: "choice", required: true, value: "technical", options: [["technical", "Technical"], ["physiological", "Physiological, medium and low"]] },
      { name: "seconds", label: "For", type: "choice", required: true, value: "300", options: [120, 300, 900].map((seconds) => [String(seconds), spanText(seconds)]) },
      { name: "reason", label: "Reason", required: true, most: 500 },
    ],
    confirm: "Silence",
  });
  if (!said) return null;
  return outcomeOf(await act(`api/wards/${part(ward)}/silence`, { kind: said.kind, seconds: Number(said.seconds), reason: said.reason }), "NOT silenced.");
}

function outcomeOf(answer, bad) {
  if (!answer) return null;
  return answer.ok ? { good: true, sentence: answer.sentence } : { good: false, sentence: answer.status === 0 ? answer.sentence : `${bad} ${answer.sentence}` };
}

function stateNow(alert) {
  if (!alert) return " It has ended.";
  const value = alert.value && alert.limit ? ` ${alert.value}, limit ${alert.limit}` : "";
  return ` Now: ${alert.alert}${value}, ${alert.state}.`;
}
