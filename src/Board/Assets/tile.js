// One tile: a bed, or a device that stands at no bed.

import { showAge } from "./age.js";
import { AlertItem } from "./alert.js";
import { make, reconcile, setAttribute, setText } from "./dom.js";
import { Trace } from "./trace.js";

const noticeShownFor = 12_000;
const mainCells = new Set(["hr", "pulse", "spo2", "rr", "pressure", "temp"]);

class Cell {
  #label = make("h4", "label");
  #text = make("span", "text");
  #question = make("span", "question", "?");
  #extra = make("span", "extra");
  #unit = make("span", "unit");
  #note = make("span", "note");
  #age = make("span", "age");

  constructor() {
    this.node = make("section", "cell");
    const number = make("p", "number");
    const under = make("p", "under");
    this.#question.setAttribute("aria-label", "questionable");
    number.append(this.#text, this.#question, this.#extra);
    under.append(this.#age, this.#note);
    this.node.append(this.#label, number, this.#unit, under);
  }

  update({ cell, place }) {
    setAttribute(this.node, "data-cell", cell.id);
    setAttribute(this.node, "data-state", cell.state);
    setAttribute(this.node, "data-main", mainCells.has(cell.id) && (cell.id !== "pulse" || place === 0));
    setText(this.#label, cell.label);
    setText(this.#text, cell.text);
    this.#question.hidden = !cell.questionable;
    setText(this.#extra, cell.extra);
    setText(this.#unit, cell.unit);
    setText(this.#note, cell.note);
    // "last 97 % at 14:02" says the time itself; an age beside it would seem to be that of "--".
    showAge(this.#age, cell.state === "fresh" || cell.state === "stale" ? cell.time : null);
  }
}

class Device {
  #name = make("span", "device-name");
  #state = make("span", "device-state");

  constructor() {
    this.node = make("li", "device");
    this.node.append(this.#name, this.#state);
  }

  update(device) {
    setAttribute(this.node, "data-online", device.online ?? "unknown");
    setText(this.#name, device.name);
    setText(this.#state, device.text);
  }
}

/** A tile of the board. */
export class Tile {
  #bed = make("h3", "bed");
  #patient = make("p", "patient");
  #devices = make("ul", "devices");
  #battery = make("p", "battery");
  #cells = make("div", "cells");
  #traces = make("div", "traces");
  #late = make("p", "late");
  #notMonitored = make("div", "not-monitored");
  #reason = make("p", "reason");
  #alerts = make("ul", "alerts");
  #calm = make("p", "calm");
  #scoresOff = make("p", "scores-off");
  #notice = make("p", "notice");
  #noticeTimer = 0;

  constructor() {
    this.node = make("article", "tile");
    this.node.tabIndex = -1;
    const head = make("header", "tile-head");
    const equipment = make("div", "equipment");
    const foot = make("div", "tile-foot");
    const lastLine = make("div", "last-line");
    equipment.append(this.#battery, this.#devices);
    this.#traces.setAttribute("aria-hidden", "true");
    head.append(this.#bed, this.#patient, equipment);
    this.#notMonitored.append(make("strong", "not-monitored-title", "NOT MONITORED"), this.#reason);
    this.#notice.setAttribute("role", "status");
    this.#notice.hidden = true;
    lastLine.append(this.#calm, this.#scoresOff);
    foot.append(this.#notMonitored, this.#alerts, this.#late, lastLine, this.#notice);
    this.node.append(head, this.#cells, this.#traces, foot);
  }

  /** place is the tile's number on the page; generation grows each time the gateway was lost, and lines are then read anew. */
  update({ view, place, history, generation }) {
    this.node.id = `tile-${place}`;
    setAttribute(this.node, "data-attention", view.attention);
    setAttribute(this.node, "data-condition", view.notMonitored ? "not-monitored" : view.empty ? "empty" : "monitored");
    setAttribute(this.node, "aria-label", [view.title, view.patient].filter(Boolean).join(", "));
    setText(this.#bed, view.title);
    setText(this.#patient, view.patient ?? (view.empty ? "empty" : null));
    setText(this.#battery, view.battery);
    setText(this.#late, view.late);
    setText(this.#reason, view.notMonitored);
    this.#notMonitored.hidden = !view.notMonitored;
    reconcile(this.#devices, view.devices, (device) => device.name, () => new Device());
    reconcile(this.#cells, view.cells.map((cell, index) => ({ cell, place: index })), ({ cell }) => cell.id, () => new Cell());
    const traced = history ? view.cells.filter((cell) => cell.trace) : [];
    reconcile(this.#traces, traced.map((cell) => ({ cell, subject: view.subject, generation })), ({ cell }) => cell.id, () => new Trace());
    this.#traces.hidden = traced.length === 0;
    reconcile(this.#alerts, view.alerts, (alert) => alert.episode, (alert) => new AlertItem(alert, (sentence, good) => this.#tell(sentence, good)));
    setText(this.#calm, this.#calmText(view));
    setText(this.#scoresOff, view.scoresOff);
  }

  #calmText(view) {
    if (view.notMonitored || view.alerts.length > 0) return null;
    return view.empty ? null : "No active alerts";
  }

  #tell(sentence, good) {
    clearTimeout(this.#noticeTimer);
    this.#notice.dataset.good = good;
    setText(this.#notice, sentence);
    this.#noticeTimer = setTimeout(() => setText(this.#notice, null), noticeShownFor);
  }
}
