// One alert in a tile: mark, words and colour, never colour alone.

import { showAge } from "./age.js";
import { acknowledge } from "./acknowledge.js";
import { make, setAttribute, setText } from "./dom.js";

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
  #button = make("button", "acknowledge", "Acknowledge");

  /** tell(sentence, good) shows a person what became of an acknowledgement. */
  constructor(view, tell) {
    this.node = make("li", "alert");
    const title = make("p", "alert-title");
    const body = make("div", "alert-body");
    const detail = make("p", "alert-detail");
    title.append(this.#mark, this.#name, this.#comparison, this.#unverified);
    detail.append(this.#words, this.#since, this.#age, this.#state);
    body.append(this.#message, detail, this.#seen);
    this.#button.type = "button";
    this.#button.addEventListener("click", async () => {
      this.#button.disabled = true;
      try {
        const outcome = await acknowledge(view.id, view.episode);
        if (outcome) tell(outcome.sentence, outcome.good);
      } finally {
        this.#button.disabled = false;
      }
    });
    this.node.append(title, body, this.#button);
  }

  update(view) {
    setAttribute(this.node, "data-priority", view.priority);
    setAttribute(this.node, "data-episode", view.episode);
    setAttribute(this.node, "data-calls", view.calls);
    setAttribute(this.node, "data-technical", view.technical);
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
    setText(this.#seen, view.acknowledged ? `✓ Acknowledged by ${view.acknowledged}` : null);
    this.#button.hidden = Boolean(view.acknowledged);
    setAttribute(this.#button, "aria-label", `Acknowledge ${view.words} ${view.name}`);
  }
}
