// The last hour of a signal as a small line: from the store first, then carried on with what the stream tells.

import { gatewayTime } from "./age.js";

const svg = "http://www.w3.org/2000/svg";
const span = 60 * 60 * 1000;
const bucket = 15 * 1000;
// Across a longer gap no line is drawn: nothing was measured there.
const gapMost = 90 * 1000;
const width = 240;
const height = 40;
const edge = 3;
// A line that fills its height with noise looks like an emergency: each signal shows at least this range.
const smallestRange = { hr: 40, pulse: 40, spo2: 10, rr: 14, sbp: 50, art_sbp: 50, map: 40, art_map: 40 };
const redrawPause = 10 * 1000;
const requestsMost = 2;
const requestDeadline = 10_000;

const waiting = [];
let running = 0;

/** A line of one signal of one patient. */
export class Trace {
  #points = [];
  #fill;
  #line;
  #dots;
  #subject = null;
  #signal = null;
  #generation = 0;
  #drawnAt = 0;

  constructor() {
    this.node = document.createElementNS(svg, "svg");
    this.node.setAttribute("class", "trace");
    this.node.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.node.setAttribute("preserveAspectRatio", "none");
    this.node.setAttribute("aria-hidden", "true");
    this.#fill = this.#path("trace-range");
    this.#line = this.#path("trace-line");
    this.#dots = this.#path("trace-dot");
  }

  /** Shows another signal or patient, or the same anew after the gateway was lost. */
  show(subject, signal, generation) {
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

  /** Carries the line on. */
  add(time, value) {
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
    this.#draw();
  }

  async #load(subject, signal, generation) {
    const query = new URLSearchParams({ signal, points: String(span / bucket) });
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
    while (this.#points.length > 0 && this.#points[0].newest < now - span) this.#points.shift();
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

  #path(className) {
    const path = document.createElementNS(svg, "path");
    path.setAttribute("class", className);
    this.node.append(path);
    return path;
  }
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
