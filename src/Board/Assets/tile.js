// One tile: a bed, or a device that stands at no bed.

import { showAge } from "./age.js";
import { AlertItem, Timed } from "./alert.js";
import { noteSeen, openCare } from "./care.js";
import { make, reconcile, setAttribute, setText } from "./dom.js";
import { reconcileHeld } from "./hold.js";
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
    setAttribute(this.node, "title", `${device.name}: ${device.text}`);
  }
}

/** What the page is: whether something can be pressed, and the hold over its tiles. */
export const page = { readOnly: false, hold: null };

/** A tile of the board. */
export class Tile {
  #bed = make("h3", "bed");
  #patient = make(page.readOnly ? "p" : "a", "patient");
  #score = make("p", "score");
  #scoreText = make("span");
  #trend = make("span");
  #trendWord = make("span", "spoken");
  #devices = make("ul", "devices");
  #battery = make("p", "battery");
  #careButton = make("button", "care-button", "Care");
  #cells = make("div", "cells");
  #alerts = make("ul", "alerts");
  #standby = new Timed("standby-line");
  #pause = new Timed("pause-line");
  #limits = make("p", "limits-line");
  #late = make("div", "late");
  #lateText = make("span");
  #seen = make("button", "seen-button", "Seen");
  #calm = make("p", "calm");
  #scoresOff = make("p", "scores-off");
  #notice = make("p", "notice");
  #traces = make("div", "traces");
  #notMonitored = make("div", "not-monitored");
  #reason = make("p", "reason");
  #noticeTimer = 0;
  #view = null;

  constructor() {
    this.node = make("article", "tile");
    this.node.tabIndex = -1;
    const head = make("header", "tile-head");
    const equipment = make("div", "equipment");
    const state = make("div", "tile-state");
    const lastLine = make("div", "last-line");
    equipment.append(this.#battery, this.#devices);
    this.#traces.setAttribute("aria-hidden", "true");
    this.#score.append(this.#scoreText, this.#trend, this.#trendWord);
    head.append(this.#bed, this.#patient, this.#score, equipment);
    this.#notMonitored.append(make("strong", "not-monitored-title", "NOT MONITORED"), this.#reason);
    this.#notice.setAttribute("role", "status");
    this.#notice.hidden = true;
    this.#late.append(this.#lateText);
    lastLine.append(this.#calm, this.#scoresOff);
    state.append(this.#standby.node, this.#pause.node, this.#limits, this.#late, lastLine, this.#notice);
    if (!page.readOnly) this.#addButtons(head);
    // The alerts stand right below the numbers and grow downwards: a new one moves neither a number nor a button that somebody is aiming at.
    this.node.append(head, this.#cells, this.#alerts, state, this.#traces, this.#notMonitored);
  }

  /** place is the tile's number on the page; generation grows each time the gateway was lost, and lines are then read anew. */
  update({ view, place, history, generation }) {
    this.#view = view;
    this.node.id = `tile-${place}`;
    const care = view.care ?? {};
    const standby = Boolean(care.standbyUntil);
    setAttribute(this.node, "data-attention", view.attention);
    setAttribute(this.node, "data-condition", standby ? "standby" : view.notMonitored ? "not-monitored" : view.empty ? "empty" : "monitored");
    setAttribute(this.node, "aria-label", [view.title, view.patient].filter(Boolean).join(", "));
    setText(this.#bed, view.title);
    setText(this.#patient, view.patient ?? (view.empty ? "empty" : view.unassigned ? "at no bed" : null));
    setAttribute(this.#patient, "title", view.patient ?? null);
    if (!page.readOnly) setAttribute(this.#patient, "href", view.empty ? null : `patient?id=${encodeURIComponent(view.subject)}`);
    this.#showScore(view.score);
    setText(this.#battery, view.battery ? view.battery.replace("battery", "▮") : null);
    setAttribute(this.#battery, "aria-label", view.battery ?? null);
    setAttribute(this.#battery, "role", view.battery ? "img" : null);
    setText(this.#reason, view.notMonitored);
    this.#notMonitored.hidden = !view.notMonitored || standby;
    this.#careButton.hidden = !view.patient;
    reconcile(this.#devices, view.devices, (device) => device.name, () => new Device());
    reconcile(this.#cells, view.cells.map((cell, index) => ({ cell, place: index })), ({ cell }) => cell.id, () => new Cell());
    const traced = history && !view.notMonitored ? view.cells.filter((cell) => cell.trace) : [];
    reconcile(this.#traces, traced.map((cell) => ({ cell, subject: view.subject, generation })), ({ cell }) => cell.id, () => new Trace());
    this.#traces.hidden = traced.length === 0;
    const tellHere = page.readOnly ? null : (sentence, good) => this.#tell(sentence, good);
    reconcileHeld(this.#alerts, view.alerts, (alert) => alert.episode, (alert) => new AlertItem(alert, tellHere), page.hold);
    this.#standby.show(standby ? "STANDBY for" : null, care.standbyUntil, care.standby && `· ${care.standby}`);
    this.#pause.show(care.pauseUntil ? "CARE PAUSE for" : null, care.pauseUntil, `by ${care.pauseBy}`);
    setText(this.#limits, care.limits?.length > 0 ? `Limits changed: ${care.limits.join("; ")}` : null);
    setText(this.#lateText, view.late ? `Late: ${view.late}` : null);
    this.#late.hidden = !view.late;
    setText(this.#calm, this.#calmText(view, standby || Boolean(care.pauseUntil)));
    setText(this.#scoresOff, view.scoresOff);
  }

  #addButtons(head) {
    for (const button of [this.#careButton, this.#seen]) button.type = "button";
    this.#careButton.addEventListener("click", () => openCare(this.#view));
    this.#seen.addEventListener("click", () => noteSeen(this.#view));
    this.#careButton.setAttribute("aria-haspopup", "dialog");
    head.append(this.#careButton);
    this.#late.append(this.#seen);
  }

  #showScore(score) {
    this.#score.hidden = !score;
    if (!score) return;
    setAttribute(this.#score, "data-band", score.band);
    const [arrow, word] = { up: [" ▲", " rising"], down: [" ▼", " falling"] }[score.trend] ?? ["", ""];
    const text = `${score.name} ${score.text} ${score.band}`;
    setText(this.#scoreText, text);
    setText(this.#trend, arrow || null);
    setText(this.#trendWord, word || null);
    setAttribute(this.#score, "title", `${text}${word && `,${word}`}`);
  }

  // While nothing can call, nothing is said to be calm either.
  #calmText(view, held) {
    if (held || view.notMonitored || view.alerts.length > 0) return null;
    return view.empty ? null : "No active alerts";
  }

  #tell(sentence, good) {
    clearTimeout(this.#noticeTimer);
    this.#notice.dataset.good = good;
    setText(this.#notice, sentence);
    this.#noticeTimer = setTimeout(() => setText(this.#notice, null), noticeShownFor);
  }
}
