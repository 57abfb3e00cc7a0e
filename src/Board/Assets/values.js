// The newest values of a patient, each with its age: grey where it is not the present one.

import { showAge } from "./age.js";
import { make, reconcile, setAttribute, setText } from "./dom.js";
import { shortTime, toTime } from "./time.js";

class Value {
  #name = make("span", "value-name");
  #text = make("strong", "value-text");
  #unit = make("span", "value-unit");
  #age = make("span", "age");
  #note = make("span", "value-note");

  constructor() {
    this.node = make("li", "value");
    this.node.append(this.#name, this.#text, this.#unit, this.#age, this.#note);
  }

  update(value) {
    setAttribute(this.node, "data-state", value.state);
    setText(this.#name, value.name);
    const shown = value.state === "fresh" || value.state === "stale";
    setText(this.#text, shown ? value.text : "--");
    setText(this.#unit, value.unitShown ?? value.unit);
    showAge(this.#age, shown ? toTime(value.time) : null);
    const at = shortTime(value.time);
    const note = value.quality === "questionable" && shown ? "? questionable" : value.state === "stale" ? `at ${at}` : value.state === "expired" ? `last ${value.text} at ${at}` : value.state === "none" ? `no value at ${at}` : null;
    setText(this.#note, note);
  }
}

/** Shows the values of a patient. */
export function showValues(place, patient) {
  let list = place.querySelector("ul.values");
  if (!list) {
    list = make("ul", "values");
    place.replaceChildren(list);
  }
  reconcile(list, patient.values, (value) => value.signal, () => new Value());
}
