// A chart of one signal on a canvas: a band from lowest to highest, so that no peak is lost, the mean as a line, gaps as gaps, limits and alerts
// drawn in, doubtful values dotted and marked "?", late ones with a ring. What it shows is told in words beside it, since a canvas says nothing to a screen reader.

import { clockTime, dayName, zoneOffset } from "./time.js";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const ticks = [minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day];
const left = 46;
const right = 10;
const top = 8;
const bottom = 22;
// Spaces before "late": the ring stands there.
const legendGap = 8;
// Each signal shows at least this range: noise that fills the height looks like an emergency.
const rangeLeast = { hr: 40, pulse: 40, spo2: 10, rr: 14, sbp: 50, art_sbp: 50, dbp: 40, art_dbp: 40, map: 40, art_map: 40, temp: 2, etco2: 20 };

/** Draws into a canvas; colours come from the page's theme. */
export class Chart {
  #canvas;
  #context;
  #colours = {};
  #data = { points: [], limits: [], alerts: [], from: 0, to: 1, signal: "", cursor: null };

  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.readColours();
  }

  /** Takes the colours of the theme anew. */
  readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["text", "text-soft", "text-faint", "tile", "tile-edge", "sunken", "chart-line", "high", "medium", "low", "high-fill", "medium-fill"]) {
      this.#colours[name] = style.getPropertyValue(`--${name}`).trim();
    }
  }

  /** Shows other data, or the same with another cursor. */
  show(data) {
    this.#data = { ...this.#data, ...data };
    this.draw();
  }

  /** The time under a place of the page, and the place of a time. */
  timeAt(clientX) {
    const box = this.#canvas.getBoundingClientRect();
    const { from, to } = this.#data;
    return from + ((clientX - box.left - left) / Math.max(1, box.width - left - right)) * (to - from);
  }

  /** The point nearest to a time; null where nothing was measured near it. */
  pointAt(time) {
    const { points, from, to } = this.#data;
    const reach = Math.max(30_000, (to - from) / 150);
    let best = null;
    for (const point of points) {
      if (Math.abs(point.time - time) <= reach && (!best || Math.abs(point.time - time) < Math.abs(best.time - time))) best = point;
    }
    return best;
  }

  draw() {
    const box = this.#canvas.getBoundingClientRect();
    if (box.width === 0) return;
    const scale = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(box.width), Math.round(box.height)];
    if (this.#canvas.width !== width * scale || this.#canvas.height !== height * scale) {
      this.#canvas.width = width * scale;
      this.#canvas.height = height * scale;
    }
    const pen = this.#context;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const { points, from, to } = this.#data;
    const range = this.#range();
    const x = (time) => left + ((time - from) / (to - from)) * (width - left - right);
    const y = (value) => height - bottom - ((value - range.low) / (range.high - range.low)) * (height - top - bottom);
    this.#drawAlerts(pen, x, width, height);
    this.#drawGrid(pen, x, y, range, width, height);
    pen.save();
    pen.beginPath();
    pen.rect(left, 0, width - left - right, height - bottom);
    pen.clip();
    this.#drawLimits(pen, y, width);
    this.#drawMarks(pen, x, y, points);
    this.#drawPoints(pen, x, y, points);
    this.#drawLegend(pen, points, width);
    this.#drawCursor(pen, x, height);
    pen.restore();
    this.#canvas.dataset.points = points.length;
  }

  #range() {
    const { points, limits, signal } = this.#data;
    let [low, high] = [Infinity, -Infinity];
    for (const point of points) {
      low = Math.min(low, point.low);
      high = Math.max(high, point.high);
    }
    if (low > high) return { low: 0, high: 1 };
    // A limit is shown where it is near; one far away must not flatten the line.
    for (const { value } of limits) {
      const reach = Math.max(high - low, rangeLeast[signal] ?? 1) * 0.6;
      if (value > low - reach && value < high + reach) [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
    const lacking = Math.max(0, (rangeLeast[signal] ?? 1) - (high - low));
    const edge = (high - low + lacking) * 0.06;
    return { low: low - lacking / 2 - edge, high: high + lacking / 2 + edge };
  }

  #drawAlerts(pen, x, width, height) {
    const end = width - right;
    for (const alert of this.#data.alerts) {
      const [begin, over] = [Math.max(left, x(alert.from)), Math.min(end, x(alert.to))];
      if (over < left || begin > end) continue;
      pen.fillStyle = this.#colours[alert.priority] ?? this.#colours.low;
      pen.globalAlpha = 0.13;
      pen.fillRect(begin, top, Math.max(1.5, over - begin), height - top - bottom);
      pen.globalAlpha = 1;
      pen.fillRect(begin, top, Math.max(1.5, over - begin), alert.priority === "high" ? 4 : alert.priority === "medium" ? 3 : 2);
    }
  }

  #drawGrid(pen, x, y, range, width, height) {
    const { from, to } = this.#data;
    pen.strokeStyle = this.#colours["tile-edge"];
    pen.fillStyle = this.#colours["text-faint"];
    pen.lineWidth = 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    // Where nothing was measured there is no range: numbers beside it would mean nothing.
    for (const value of this.#data.points.length > 0 ? levels(range.low, range.high) : []) {
      const at = Math.round(y(value)) + 0.5;
      line(pen, left, at, width - right, at);
      pen.fillText(written(value), left - 7, at);
    }
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    const step = ticks.find((each) => ((to - from) / each) * 76 <= width - left - right) ?? day;
    const offset = zoneOffset(from);
    for (let time = Math.ceil((from + offset) / step) * step - offset; time <= to; time += step) {
      const at = Math.round(x(time)) + 0.5;
      line(pen, at, top, at, height - bottom);
      const midnight = (time + zoneOffset(time)) % day === 0;
      if (at > left + 16 && at < width - right - 14) pen.fillText(midnight ? dayName(time) : clockTime(time), at, height - 6);
    }
  }

  #drawLimits(pen, y, width) {
    pen.lineWidth = 1.5;
    pen.textAlign = "left";
    // Limits that are close stand beside one another, each with its own number.
    const labels = [];
    for (const { value, text, changed } of this.#data.limits) {
      const at = y(value);
      const base = at < top + 16 ? at + 13 : at - 4;
      let begin = left + 6;
      for (const label of labels) if (Math.abs(label.base - base) < 13) begin = Math.max(begin, label.end + 8);
      const colour = this.#colours[changed ? "text" : "text-soft"];
      labels.push({ text, begin, base, end: begin + pen.measureText(text).width, colour });
      pen.strokeStyle = colour;
      pen.setLineDash([7, 4]);
      line(pen, left, at, width - right, at);
      pen.setLineDash([]);
    }
    // Behind a number no line of another limit runs through it.
    for (const { text, begin, base, end, colour } of labels) {
      pen.fillStyle = this.#colours.sunken;
      pen.fillRect(begin - 2, base - 10, end - begin + 4, 12);
      pen.fillStyle = colour;
      pen.fillText(text, begin, base);
    }
  }

  #drawPoints(pen, x, y, points) {
    pen.fillStyle = this.#colours["chart-line"];
    pen.strokeStyle = this.#colours["chart-line"];
    pen.lineJoin = "round";
    for (const run of runsOf(points, this.#gap())) {
      pen.globalAlpha = 0.28;
      pen.beginPath();
      run.forEach((point, place) => (place ? pen.lineTo(x(point.time), y(point.high)) : pen.moveTo(x(point.time), y(point.high))));
      for (const point of run.toReversed()) pen.lineTo(x(point.time), y(point.low));
      pen.closePath();
      pen.fill();
      pen.globalAlpha = 1;
      pen.lineWidth = 1.6;
      if (run.length === 1) {
        pen.fillRect(x(run[0].time) - 1.5, y(run[0].high) - 1.5, 3, y(run[0].low) - y(run[0].high) + 3);
        continue;
      }
      // The doubtful part of a run is dotted.
      for (let place = 1; place < run.length; place++) {
        const doubtful = run[place].questionable || run[place - 1].questionable;
        let end = place;
        while (end + 1 < run.length && Boolean(run[end + 1].questionable || run[end].questionable) === Boolean(doubtful)) end++;
        pen.setLineDash(doubtful ? [2, 4] : []);
        pen.beginPath();
        pen.moveTo(x(run[place - 1].time), y(run[place - 1].average));
        for (; place <= end; place++) pen.lineTo(x(run[place].time), y(run[place].average));
        place = end;
        pen.stroke();
      }
      pen.setLineDash([]);
    }
  }

  // Marks have room between them: a ring on each of a thousand points would be a bar. They lie under the line, which they must not break.
  #drawMarks(pen, x, y, points) {
    const spacing = 14;
    let [lastLate, lastDoubtful] = [-Infinity, -Infinity];
    pen.fillStyle = this.#colours.text;
    pen.strokeStyle = this.#colours.text;
    pen.lineWidth = 1.4;
    pen.textAlign = "center";
    for (const point of points) {
      const at = x(point.time);
      if (point.late && at - lastLate >= spacing) {
        lastLate = at;
        ring(pen, at, y(point.average));
      }
      if (point.questionable && at - lastDoubtful >= spacing) {
        lastDoubtful = at;
        pen.fillText("?", at, Math.max(top + 10, y(point.high) - 7));
      }
    }
    pen.textAlign = "right";
  }

  #drawLegend(pen, points, width) {
    const late = points.some((point) => point.late);
    const words = [points.some((point) => point.questionable) ? "? questionable" : null, late ? "late" : null].filter(Boolean).join(" ".repeat(legendGap));
    if (!words) return;
    const end = width - right - 6;
    const begin = end - pen.measureText(words).width - (late ? 14 : 0);
    pen.fillStyle = this.#colours.tile;
    pen.globalAlpha = 0.85;
    pen.fillRect(begin - 5, top + 2, end - begin + 10, 17);
    pen.globalAlpha = 1;
    pen.fillStyle = this.#colours.text;
    pen.fillText(words, end, top + 15);
    if (!late) return;
    pen.strokeStyle = this.#colours.text;
    pen.lineWidth = 1.4;
    ring(pen, end - pen.measureText("late").width - 9, top + 11);
  }

  #drawCursor(pen, x, height) {
    const { cursor } = this.#data;
    if (cursor === null) return;
    pen.strokeStyle = this.#colours.text;
    pen.lineWidth = 1;
    line(pen, x(cursor), top, x(cursor), height - bottom);
  }

  // Across a longer gap no line is drawn: nothing was measured there.
  #gap() {
    const { from, to, points, gap } = this.#data;
    return gap ?? Math.max(90_000, (3 * (to - from)) / Math.max(1, points.length));
  }
}

function line(pen, x1, y1, x2, y2) {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}

function ring(pen, x, y) {
  pen.beginPath();
  pen.arc(x, y, 3.5, 0, 2 * Math.PI);
  pen.stroke();
}

function runsOf(points, gap) {
  const runs = [];
  for (const point of points) {
    const run = runs.at(-1);
    if (run && point.time - run.at(-1).time <= gap) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

function levels(low, high) {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const values = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) values.push(value);
  return values;
}

function written(value) {
  return Number(value.toFixed(2)).toString();
}
