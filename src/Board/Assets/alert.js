// One alert in a tile: mark, words and colour, never colour alone.

import { showAge, showLeft } from "./age.js";
import { acknowledge, silence, unsilence } from "./alert-acts.js";
import { make, setAttribute, setText } from "./dom.js";
import { nextWords } from "./next.js";
import { plainNames } from "./words.js";

/** An episode of an alert. A new episode is a new element, so that a click can only ever mean what was seen. */
export class AlertItem {
  #mark = make("span", "mark");
  #name = make("span", "alert-name");
  #comparison = make("span", "comparison");
  #unverified = make("span", "unverified");
  #words = make("span", "words");
  #since = make("span", "since");
  #age = make("span", "age");
  #state = make("span", "alert-state");
  #message = make("p", "alert-message");
  #seen = make("p", "seen");
  #silence = new Timed("silenced-line");
  #again = new Timed("again-line");
  #next = new Timed("next-line");
  #nobody = make("strong", "nobody-reached", "NOBODY REACHED");
  #told = make("p", "told");
  #acknowledge = make("button", "acknowledge", "Acknowledge");
  #silenceButton = make("button", "silence", "Silence");
  #view;

  /** tell(sentence, good) shows a person what became of a press; without it nothing can be pressed. */
  constructor(view, tell) {
    this.#view = view;
    this.node = make("li", "alert");
    const title = make("p", "alert-title");
    const body = make("div", "alert-body");
    const detail = make("p", "alert-detail");
    title.append(this.#mark, " ", this.#name, " ", this.#comparison, " ", this.#unverified);
    detail.append(this.#words, " ", this.#since, " ", this.#age, " ", this.#state);
    this.#next.node.prepend(this.#nobody, " ");
    body.append(this.#message, detail, this.#next.node, this.#told, this.#seen, this.#again.node, this.#silence.node);
    this.node.append(title, ...(tell ? [this.#buttons(tell)] : []), body);
  }

  update(view) {
    this.#view = view;
    setAttribute(this.node, "data-priority", view.priority);
    setAttribute(this.node, "data-episode", view.episode);
    setAttribute(this.node, "data-calls", view.calls);
    setAttribute(this.node, "data-technical", view.technical);
    setAttribute(this.node, "data-nobody", view.nobodyReached);
    setAttribute(this.node, "title", view.reason || null);
    setText(this.#mark, view.mark);
    setText(this.#name, view.name);
    setText(this.#comparison, view.comparison);
    setText(this.#unverified, view.unverified ? "? unverified" : null);
    setText(this.#words, view.words);
    setText(this.#since, `since ${view.sinceText}`);
    showAge(this.#age, view.since);
    setText(this.#state, view.stateText);
    setText(this.#message, view.message);
    setText(this.#seen, view.acknowledged ? `✓ Acknowledged by ${plainNames(view.acknowledged)}` : null);
    this.#again.show(view.callsAgain ? "Calls again in" : null, view.callsAgain);
    this.#silence.show(view.silence ? "silenced for" : null, view.silencedUntil, view.silence);
    // After the last stage all roles are told again and again: whom is no news then, when is.
    const next = view.nobodyReached ? (view.nextAt ? "again" : " ") : nextWords(view.nextRole, view.nextWaitsFor);
    this.#next.show(next && view.nextAt ? `${next} in` : next, view.nextAt);
    setText(this.#told, view.told && !view.acknowledged ? view.told : null);
    this.#nobody.hidden = !view.nobodyReached;
    setText(this.#silenceButton, view.silence ? "Unsilence" : "Silence");
    this.#acknowledge.hidden = Boolean(view.acknowledged);
    this.#silenceButton.hidden = Boolean(view.acknowledged) && !view.silence;
    setAttribute(this.#acknowledge, "aria-label", `Acknowledge ${view.words} ${view.name}`);
    setAttribute(this.#silenceButton, "aria-label", `${view.silence ? "Unsilence" : "Silence"} ${view.words} ${view.name}`);
  }

  #buttons(tell) {
    const row = make("div", "alert-buttons");
    const press = (button, run) => {
      button.type = "button";
      button.addEventListener("click", async () => {
        // What the person saw when pressing, not what stands there when the answer comes.
        const seen = this.#view;
        button.disabled = true;
        try {
          const outcome = await run(seen);
          if (outcome) tell(outcome.sentence, outcome.good);
        } finally {
          button.disabled = false;
        }
      });
      row.append(button);
    };
    press(this.#acknowledge, acknowledge);
    press(this.#silenceButton, (seen) => (seen.silence ? unsilence(seen) : silence(seen)));
    return row;
  }
}

/** A line of words with a time that counts down: "Silenced for 1:20 by anna". */
export class Timed {
  #before = make("span");
  #left = make("strong", "left");
  #after = make("span");

  constructor(className) {
    this.node = make("p", `timed ${className}`);
    this.node.append(this.#before, " ", this.#left, this.#after);
  }

  /** before: null hides the line; until: null leaves the time away. */
  show(before, until, after) {
    this.node.hidden = !before;
    if (before && this.#before.textContent !== before) this.#before.textContent = before;
    showLeft(this.#left, (before && until) || null);
    setText(this.#after, before && after ? ` ${plainNames(after)}` : null);
  }
}
