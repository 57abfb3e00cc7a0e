// Alerts that stand, as a list: with all that can be done to them, and who has been told.

import { showAge, showLeft } from "./age.js";
import { acknowledge, acknowledgeWithNote, silence, unsilence } from "./alert-acts.js";
import { part, read } from "./api.js";
import { show } from "./dialog.js";
import { el, make, setAttribute, setText, button } from "./dom.js";
import { Hold, reconcileHeld } from "./hold.js";
import { nextWords } from "./next.js";
import { notice } from "./notice.js";
import { priorityOf } from "./table.js";
import { shortTime, toTime } from "./time.js";
import { compared, plainNames, withSigns } from "./words.js";

const most = { high: 120, technical: 14_400, other: 900 };
const holds = new WeakMap();

class Standing {
  #alert = null;
  #mark = make("span", "standing-priority");
  #name = make("strong", "standing-name");
  #place = make("span", "standing-place");
  #value = make("span", "standing-value");
  #state = make("p", "standing-state");
  #since = make("span");
  #age = make("span", "age");
  #message = make("p", "standing-message");
  #next = make("p", "standing-next");
  #nextWords = make("span");
  #left = make("strong", "left");
  #seen = make("p", "standing-seen");
  #buttons = make("div", "actions");
  #acknowledge;
  #note;
  #silence;

  constructor({ explain, places }) {
    this.node = make("li", "standing");
    const title = make("p", "standing-title");
    title.append(...(places ? [this.#place] : []), this.#mark, this.#name, this.#value);
    this.#state.append(this.#since, " ", this.#age);
    this.#next.append(this.#nextWords, " ", this.#left);
    this.#acknowledge = button("Acknowledge", () => this.#run(acknowledge), { class: "button primary small" });
    this.#note = button("With a note …", () => this.#run(acknowledgeWithNote), { class: "button small" });
    this.#silence = button("Silence …", () => this.#run((alert) => (this.#alert.silence ? unsilence(alert) : silence(alert))), { class: "button small" });
    this.#buttons.append(this.#acknowledge, this.#note, this.#silence);
    if (explain) this.#buttons.append(button("Why?", () => explainAlert(this.#alert), { class: "button small" }));
    const text = make("div", "standing-text");
    text.append(title, this.#message, this.#state, this.#next, this.#seen);
    this.node.append(text, this.#buttons);
  }

  update(alert) {
    this.#alert = alert;
    const technical = alert.kind === "technical";
    setAttribute(this.node, "data-priority", alert.priority);
    const mark = `${alert.priority} ${alert.calls} ${technical}`;
    if (this.#mark.dataset.mark !== mark) {
      this.#mark.dataset.mark = mark;
      this.#mark.replaceChildren(priorityOf(alert.priority, technical, alert.calls));
    }
    setText(this.#place, alert.bed || alert.patient);
    setText(this.#name, alert.alert);
    setText(this.#value, alert.state === "active" ? compared(alert.value, alert.limit) : alert.value);
    setText(this.#message, alert.message && alert.message !== alert.alert ? withSigns(alert.message) : null);
    setText(this.#since, [alert.state, technical ? "technical" : null, alert.unverified ? "? unverified" : null, alert.suppressed ? `held back: ${alert.suppressedBy} says the same` : null,
      alert.hold !== "none" ? `held back by the ${alert.hold === "pause" ? "care pause" : "standby"}` : null, `since ${shortTime(alert.since)}`].filter(Boolean).join(", "));
    showAge(this.#age, toTime(alert.since));
    const next = alert.escalation;
    const words = [next?.nobodyReached ? "NOBODY REACHED." : null, nextWords(next?.nextRole, next?.waitsFor), next?.nextAt ? "in" : null].filter(Boolean).join(" ");
    setText(this.#nextWords, words || null);
    this.#next.hidden = !words;
    setAttribute(this.#next, "data-nobody", next?.nobodyReached ?? false);
    showLeft(this.#left, next?.nextAt ? toTime(next.nextAt) : null);
    const seen = alert.acknowledgement;
    setText(this.#seen, plainNames([
      seen ? `✓ Acknowledged by ${seen.by} at ${shortTime(seen.at)}${seen.note ? `: ${seen.note}` : ""}` : null,
      seen && alert.callsAgain ? `calls again at ${shortTime(alert.callsAgain)}` : null,
      alert.silence ? `silenced by ${alert.silence.by} until ${shortTime(alert.silence.until)}: ${alert.silence.reason}` : null,
    ].filter(Boolean).join("; ")) || null);
    this.#acknowledge.hidden = this.#note.hidden = Boolean(seen);
    setText(this.#silence, alert.silence ? "Unsilence" : "Silence …");
    this.#silence.hidden = Boolean(seen) && !alert.silence;
    setAttribute(this.#acknowledge, "aria-label", `Acknowledge ${alert.priority} ${alert.alert} ${alert.bed}`);
    setAttribute(this.#silence, "aria-label", `${alert.silence ? "Unsilence" : "Silence"} ${alert.priority} ${alert.alert} ${alert.bed}`);
  }

  async #run(what) {
    const alert = this.#alert;
    const silenceMost = alert.priority === "high" ? most.high : alert.kind === "technical" ? most.technical : most.other;
    const outcome = await what({ ...alert, name: alert.alert, silenceMost });
    if (outcome) notice(outcome.sentence, outcome.good);
  }
}

/** Shows alerts that stand. places: with the bed before each; explain: with a button that says why. */
export function showStanding(place, alerts, { explain = false, places = false } = {}) {
  let list = place.querySelector("ul.standing-list");
  if (!list) {
    list = make("ul", "standing-list");
    place.replaceChildren(list, el("p", { class: "missing" }, "No alert stands."));
    holds.set(list, new Hold(list));
  }
  const shown = alerts.filter((alert) => alert.state !== "pending" && alert.state !== "ended");
  reconcileHeld(list, shown, (alert) => alert.episode, () => new Standing({ explain, places }), holds.get(list));
  list.nextElementSibling.hidden = list.children.length > 0;
}

async function explainAlert(alert) {
  const answer = await read(`api/alerts/${part(alert.id)}/explain`, { within: 30_000 });
  if (!answer.ok) {
    notice(answer.sentence, false);
    return;
  }
  const told = answer.data;
  const tree = (parts) => el("ul", { class: "explanation" }, parts.map((each) => el("li", {},
    el("span", { class: "code" }, each.text), " is ", el("strong", {}, each.value), each.origin ? el("span", { class: "faint" }, ` (${each.origin})`) : null,
    each.parts.length > 0 ? tree(each.parts) : null)));
  show(`Why: ${told.alert}`,
    el("p", {}, `${told.state}${told.since ? ` since ${shortTime(told.since)}` : ""}, as of ${shortTime(told.at)}. Rule in ${told.file}, line ${told.line}.`),
    tree(told.conditions),
    told.notes.length > 0 ? el("p", { class: "soft" }, `Besides: ${told.notes.join("; ")}.`) : null,
    el("p", { class: "soft" }, `In the record: ${alert.reason}`));
}
