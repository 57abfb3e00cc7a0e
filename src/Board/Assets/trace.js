// The last hour of a signal as a small line: from the store first, then carried on with what the stream tells. While there is less than an hour
// the line shows a shorter time, which is written beside it.

import { gatewayTime } from "./age.js";
import { make, setAttribute, setText } from "./dom.js";

const svg = "http://www.w3.org/2000/svg";
const minute = 60 * 1000;
const spans = [5 * minute, 15 * minute, 60 * minute];
const longest = spans.at(-1);
const pointsAsked = 240;
const bucket = 5 * 1000;
// Across a longer gap no line is drawn: nothing was measured there.
const gapMost = 90 * 1000;
const width = 240;
const height = 40;
const edge = 3;
// A line that fills its height with noise looks like an emergency: each signal shows at least this range.
const smallestRange = { hr: 40, pulse: 40, spo2: 10, rr: 14, sbp: 50, art_sbp: 50, map: 40, art_map: 40 };
const redrawPause = 10 * 1000;
const drawPauseOfSpan = 1 / 300;
const requestsMost = 2;
const requestDeadline = 10_000;

const waiting = [];
let running = 0;

/** A line of one signal of one patient. */
export class Trace {
  #label = make("span", "trace-label");
  #nameLabel = make("span", "trace-name");
  #spanLabel = make("span", "trace-span");
  #points = [];
  #fill;
  #line;
  #dots;
  #subject = null;
  #signal = null;
  #generation = 0;
  #drawnAt = 0;
  #pause = 0;

  constructor() {
    this.node = make("div", "trace-box");
    const drawing = document.createElementNS(svg, "svg");
    drawing.setAttribute("class", "trace");
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    drawing.setAttribute("preserveAspectRatio", "none");
    this.#fill = path(drawing, "trace-range");
    this.#line = path(drawing, "trace-line");
    this.#dots = path(drawing, "trace-dot");
    this.#label.append(this.#nameLabel, this.#spanLabel);
    this.node.append(this.#label, drawing);
  }

  /** Shows a cell of a tile; another patient or signal begins a new line, and so does a new generation (the gateway was lost). */
  update({ cell, subject, generation }) {
    setAttribute(this.node, "data-state", cell.state);
    setText(this.#nameLabel, cell.label);
    this.#show(subject, cell.trace, generation);
    if (cell.traceValue !== undefined) this.#add(cell.time, cell.traceValue);
  }

  #show(subject, signal, generation) {
    if (subject === this.#subject && signal === this.#signal && generation === this.#generation) {
      // A line that nothing is added to still moves into the past.
      if (gatewayTime() - this.#drawnAt > redrawPause) this.#draw();
      return;
    }
    this.#subject = subject;
    this.#signal = signal;
    this.#generation = generation;
    this.#points = [];
    this.#draw();
    enqueue(() => this.#load(subject, signal, generation));
  }

  #add(time, value) {
    const last = this.#points.at(-1);
    if (last && time <= last.newest) return;
    if (last && Math.floor(last.time / bucket) === Math.floor(time / bucket)) {
      last.low = Math.min(last.low, value);
      last.high = Math.max(last.high, value);
      last.average += (value - last.average) / ++last.count;
      last.newest = time;
    } else {
      this.#points.push({ time, newest: time, low: value, high: value, average: value, count: 1 });
    }
    // A second is a fraction of a pixel: two hundred lines on a page are not drawn anew for it.
    if (gatewayTime() - this.#drawnAt >= this.#pause) this.#draw();
  }

  async #load(subject, signal, generation) {
    const query = new URLSearchParams({ signal, points: String(pointsAsked) });
    const answer = await fetch(`api/patients/${encodeURIComponent(subject)}/series?${query}`, { signal: AbortSignal.timeout(requestDeadline) });
    if (!answer.ok || subject !== this.#subject || signal !== this.#signal || generation !== this.#generation) return;
    const stored = (await answer.json()).points.map((point) => ({ ...point, newest: point.time, count: 1 }));
    const end = stored.at(-1)?.newest ?? -Infinity;
    this.#points = [...stored, ...this.#points.filter((point) => point.time > end)];
    this.#draw();
  }

  #draw() {
    const now = gatewayTime();
    this.#drawnAt = now;
    while (this.#points.length > 0 && this.#points[0].newest < now - longest) this.#points.shift();
    const first = this.#points[0]?.time ?? now;
    const span = spans.find((each) => now - first <= each) ?? longest;
    // Lines that began together do not go on together: the work of a page is spread over its seconds.
    this.#pause = span * drawPauseOfSpan * (0.75 + Math.random() / 2);
    setText(this.#spanLabel, span === longest ? "1 h" : `${span / minute} min`);
    const runs = this.#runs();
    const { bottom, top } = this.#range();
    const x = (time) => (width * (1 - (now - time) / span)).toFixed(1);
    const y = (value) => (height - edge - ((height - 2 * edge) * (value - bottom)) / (top - bottom)).toFixed(1);
    const long = runs.filter((run) => run.length > 1);
    this.#line.setAttribute("d", long.map((run) => "M" + run.map((point) => `${x(point.time)} ${y(point.average)}`).join("L")).join(""));
    this.#fill.setAttribute("d", long.map((run) =>
      "M" + run.map((point) => `${x(point.time)} ${y(point.high)}`).join("L")
      + "L" + run.toReversed().map((point) => `${x(point.time)} ${y(point.low)}`).join("L") + "Z").join(""));
    this.#dots.setAttribute("d", runs.filter((run) => run.length === 1).map(([point]) => `M${x(point.time)} ${y(point.average)}h0.01`).join(""));
  }

  #runs() {
    const runs = [];
    let run = null;
    for (const point of this.#points) {
      if (!run || point.time - run.at(-1).newest > gapMost) runs.push((run = []));
      run.push(point);
    }
    return runs;
  }

  #range() {
    let bottom = Infinity;
    let top = -Infinity;
    for (const { low, high } of this.#points) {
      bottom = Math.min(bottom, low);
      top = Math.max(top, high);
    }
    if (bottom > top) return { bottom: 0, top: 1 };
    const missing = (smallestRange[this.#signal] ?? 1) - (top - bottom);
    return missing > 0 ? { bottom: bottom - missing / 2, top: top + missing / 2 } : { bottom, top };
  }
}

function path(drawing, className) {
  const node = document.createElementNS(svg, "path");
  node.setAttribute("class", className);
  drawing.append(node);
  return node;
}

// Few at a time: a browser keeps six connections to a host, one of them is the stream, and an acknowledgement must not wait behind lines.
function enqueue(work) {
  waiting.push(work);
  next();
}

async function next() {
  if (running >= requestsMost || waiting.length === 0) return;
  running++;
  try {
    await waiting.shift()();
  } catch {
    // Without its past the line begins with what the stream tells from now on.
  } finally {
    running--;
    next();
  }
}
