// The charts of a patient under one another over one span of time: dragged, zoomed and pointed at together.

import { gatewayTime } from "./age.js";
import { part, read } from "./api.js";
import { Chart } from "./chart.js";
import { button, el, fill } from "./dom.js";
import { onKey } from "./keys.js";
import { exactTime, shortTime } from "./time.js";

const minute = 60_000;
const hour = 60 * minute;
const spans = [["1 h", hour], ["4 h", 4 * hour], ["12 h", 12 * hour], ["24 h", 24 * hour], ["3 d", 72 * hour], ["7 d", 168 * hour]];
const spanLeast = 2 * minute;
const spanMost = 168 * hour;
const followEvery = 10_000;
const loadPause = 180;
const pointsMost = 1200;

/** All charts of a patient. */
export class Charts {
  #patient;
  #place = document.getElementById("charts");
  #panels = new Map();
  #span = hour;
  #end = null;
  #alerts = [];
  #limits = [];
  #loading = null;
  #timer = 0;
  #onlyMeasured = false;

  constructor(patient) {
    this.#patient = patient;
    const buttons = spans.map(([text, span]) => button(text, () => this.look(span, null), { class: "button small", "data-span": span, "aria-pressed": String(span === this.#span) }));
    fill(document.getElementById("spans"), buttons, button("Now", () => this.look(this.#span, null), { class: "button small" }));
    onKey("+", "Zoom into the charts", () => this.#zoom(0.5));
    onKey("-", "Zoom out of the charts", () => this.#zoom(2));
    onKey("[", "Charts: back in time", () => this.#move(-0.5));
    onKey("]", "Charts: forward in time", () => this.#move(0.5));
    onKey("0", "Charts: up to now", () => this.look(this.#span, null));
    setInterval(() => this.#end === null && !document.hidden && this.#load(), followEvery);
    addEventListener("resize", () => this.#each((panel) => panel.chart.draw()));
    addEventListener("themechange", () => this.#each((panel) => {
      panel.chart.readColours();
      panel.chart.draw();
    }));
  }

  /** Which signals there are: { signal, name, unit }, in their order. onlyMeasured: without a panel for what has no point at all. */
  signals(list, onlyMeasured = false) {
    this.#onlyMeasured = onlyMeasured;
    let fresh = false;
    for (const { signal, name, unit } of list) {
      if (this.#panels.has(signal)) continue;
      fresh = true;
      this.#panels.set(signal, this.#panelOf(signal, name, unit));
    }
    if (fresh) this.#load();
  }

  /** The limits that count, as the interface tells them. */
  limits(limits) {
    this.#limits = limits;
    this.#each((panel) => panel.chart.show({ limits: this.#limitsOf(panel.signal) }));
  }

  /** The episodes to be drawn as bands: { from, to, priority }. */
  alerts(alerts) {
    this.#alerts = bandsOf(alerts);
    this.#each((panel) => panel.chart.show({ alerts: this.#alerts }));
  }

  /** The time that is shown. */
  get window() {
    const to = this.#end ?? gatewayTime();
    return { from: to - this.#span, to };
  }

  /** Called with the window after each change of it. */
  onWindow = () => {};

  /** Looks at a span that ends at a time; null: now, and following it. */
  look(span, end) {
    this.#span = Math.max(spanLeast, Math.min(spanMost, span));
    this.#end = end !== null && end < gatewayTime() ? end : null;
    for (const node of document.querySelectorAll("#spans [data-span]")) node.setAttribute("aria-pressed", String(Number(node.dataset.span) === this.#span && this.#end === null));
    this.#each((panel) => panel.chart.show(this.window));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), loadPause);
  }

  #zoom(factor, around) {
    const { from, to } = this.window;
    const middle = around ?? (this.#end === null ? to : (from + to) / 2);
    const span = Math.max(spanLeast, Math.min(spanMost, this.#span * factor));
    this.look(span, middle + ((to - middle) / (to - from)) * span);
  }

  #move(share) {
    this.look(this.#span, this.window.to + share * this.#span);
  }

  #each(run) {
    for (const panel of this.#panels.values()) run(panel);
  }

  #limitsOf(signal) {
    return this.#limits.filter((limit) => limit.signals.includes(signal)).map((limit) => ({
      value: limit.value, changed: Boolean(limit.atBedside), text: limit.atBedside ? `${limit.value} (changed)` : String(limit.value),
    }));
  }

  #panelOf(signal, name, unit) {
    const canvas = el("canvas", { class: "chart", role: "img", tabindex: "0", "aria-label": `${name} over time` });
    const readout = el("p", { class: "readout", "aria-live": "off" });
    const summary = el("p", { class: "chart-summary" });
    const node = el("figure", { class: "chart-panel" }, el("figcaption", {}, el("strong", {}, name), unit ? ` ${unit}` : "", " ", summary, readout), canvas);
    this.#place.append(node);
    const panel = { signal, name, unit, node, canvas, readout, summary, chart: new Chart(canvas) };
    panel.chart.show({ signal, ...this.window, limits: this.#limitsOf(signal), alerts: this.#alerts });
    this.#takePointer(panel);
    return panel;
  }

  #takePointer(panel) {
    const { canvas, chart } = panel;
    let drag = null;
    canvas.addEventListener("pointerdown", (event) => {
      drag = { x: event.clientX, end: this.window.to };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointerup", () => (drag = null));
    canvas.addEventListener("pointercancel", () => (drag = null));
    canvas.addEventListener("pointermove", (event) => {
      if (drag) {
        const perPixel = this.#span / Math.max(1, canvas.clientWidth);
        this.look(this.#span, drag.end - (event.clientX - drag.x) * perPixel);
        return;
      }
      this.#point(chart.timeAt(event.clientX));
    });
    canvas.addEventListener("pointerleave", () => this.#point(null));
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.#zoom(event.deltaY > 0 ? 1.25 : 0.8, chart.timeAt(event.clientX));
    }, { passive: false });
    canvas.addEventListener("dblclick", () => this.look(this.#span, null));
    canvas.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.preventDefault();
      this.#move(event.key === "ArrowLeft" ? -0.25 : 0.25);
    });
  }

  #point(time) {
    this.#each((panel) => {
      const point = time === null ? null : panel.chart.pointAt(time);
      panel.chart.show({ cursor: time });
      panel.readout.textContent = !point ? "" : `${exactTime(point.time)}: ${textOf(point)}${panel.unit ? ` ${panel.unit}` : ""}${point.questionable ? ", ? questionable" : ""}${point.late ? ", ○ came late" : ""}`;
    });
  }

  async #load() {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    const { from, to } = this.window;
    this.onWindow({ from, to });
    for (const panel of this.#panels.values()) {
      const points = Math.max(200, Math.min(pointsMost, Math.round(panel.canvas.clientWidth || 600)));
      const query = new URLSearchParams({ signal: panel.signal, from: String(Math.round(from)), to: String(Math.round(to)), points: String(points) });
      const answer = await read(`api/patients/${part(this.#patient)}/series?${query}`, { signal: loading.signal });
      if (loading.signal.aborted) return;
      if (!answer.ok) {
        panel.summary.textContent = answer.sentence;
        continue;
      }
      const series = answer.data.points;
      panel.node.hidden = this.#onlyMeasured && series.length === 0;
      panel.chart.show({ points: series, ...this.window });
      panel.summary.textContent = summaryOf(series);
      panel.canvas.setAttribute("aria-label", `${panel.name} from ${shortTime(from)} to ${shortTime(to)}: ${panel.summary.textContent}`);
    }
  }
}

// Where alerts stand at the same time the highest gives the colour: one upon another they would be a colour that means nothing.
function bandsOf(alerts) {
  const turns = alerts.flatMap(({ from, to, priority }) => [{ at: from, priority, by: 1 }, { at: to, priority, by: -1 }]).sort((a, b) => a.at - b.at);
  const standing = { high: 0, medium: 0, low: 0 };
  const bands = [];
  for (const { at, priority, by } of turns) {
    standing[priority] += by;
    const highest = ["high", "medium", "low"].find((each) => standing[each] > 0) ?? null;
    const last = bands.at(-1);
    if (last?.to === null && last.priority === highest) continue;
    if (last?.to === null) last.to = at;
    if (highest) bands.push({ from: at, to: null, priority: highest });
  }
  return bands.map((band) => ({ ...band, to: band.to ?? Infinity }));
}

function textOf(point) {
  const round = (value) => Number(value.toFixed(1)).toString();
  return point.low === point.high ? round(point.low) : `${round(point.low)} to ${round(point.high)}`;
}

function summaryOf(points) {
  if (points.length === 0) return "nothing measured";
  const low = Math.min(...points.map((point) => point.low));
  const high = Math.max(...points.map((point) => point.high));
  const doubtful = points.some((point) => point.questionable) ? ", ? partly questionable" : "";
  const late = points.some((point) => point.late) ? ", ○ partly came late" : "";
  return `${textOf({ low, high })}${doubtful}${late}`;
}
