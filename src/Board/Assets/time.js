// Times as people at the site read them: in the site's zone, with the date where it is not today's. The gateway's clock counts, not the screen's.

import { gatewayTime } from "./age.js";

const zone = document.querySelector("meta[name=site-zone]").content;
const formats = new Map();

function parts(time, options) {
  const key = Object.keys(options).join();
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options }));
  return formats.get(key).format(time);
}

const day = (time) => parts(time, { year: "numeric", month: "short", day: "numeric" });

/** Unix milliseconds of a time of the interface: ISO 8601 or already a number. */
export function toTime(text) {
  return typeof text === "number" ? text : Date.parse(text);
}

/** "22:14" for today, else "21 Nov 22:14"; the year is added where it is another one. */
export function shortTime(text) {
  return written(toTime(text), { hour: "2-digit", minute: "2-digit" });
}

/** As shortTime, with seconds. */
export function exactTime(text) {
  return written(toTime(text), { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** "22:14" whatever the day: for the scale of a chart. */
export function clockTime(time) {
  return parts(time, { hour: "2-digit", minute: "2-digit" });
}

/** "Sun 22 Nov". */
export function dayName(time) {
  return parts(time, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
}

/** Milliseconds by which the site's zone is ahead of UTC at a time. */
export function zoneOffset(time) {
  const text = parts(time, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const [, d, mo, y, h, mi, s] = text.match(/(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)/).map(Number);
  return Date.UTC(y, mo - 1, d, h, mi, s) - Math.floor(time / 1000) * 1000;
}

/** A time for a field of type datetime-local, in the site's zone. */
export function fieldTime(time) {
  return new Date(time + zoneOffset(time)).toISOString().slice(0, 16);
}

/** The time that a field of type datetime-local means, in the site's zone; NaN for none. */
export function timeOfField(text) {
  const asUtc = Date.parse(text + "Z");
  return Number.isNaN(asUtc) ? NaN : asUtc - zoneOffset(asUtc - zoneOffset(asUtc));
}

/** "45 s", "3 min", "2 h 10 min", "3 d 4 h". */
export function spanText(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return s < 600 && s % 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.round(s / 60)} min`;
  const minutes = Math.round(s / 60);
  if (minutes < 24 * 60) return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
  const hours = Math.round(minutes / 60);
  return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${hours / 24} d`;
}

function written(time, clock) {
  if (Number.isNaN(time)) return "--";
  const now = gatewayTime();
  const at = parts(time, clock);
  if (day(time) === day(now)) return at;
  const year = parts(time, { year: "numeric" }) === parts(now, { year: "numeric" }) ? {} : { year: "numeric" };
  return `${parts(time, { day: "numeric", month: "short", ...year })} ${at}`;
}
