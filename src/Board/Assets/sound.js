// The sound of the alerts that call: made here, no files. A browser makes no sound before somebody has pressed something, and a loudspeaker may be
// off: until a person has said that the test tone was heard the bar says SOUND BLOCKED.

import { leftText } from "./age.js";
import { askFor } from "./dialog.js";

const heardKey = "iotgateway.sound-heard";
const muteMost = 2 * 60 * 1000;

// Pulses of a burst and the pause behind each, in seconds: ten in two groups for high, three for medium, one for low (IEC 60601-1-8, table 3).
const bursts = {
  high: { gaps: [0.1, 0.1, 0.32, 0.1, 0.85, 0.1, 0.1, 0.32, 0.1, 0], pulse: 0.13, tones: [784, 784, 784, 988, 784], every: 8_000, loud: 0.5 },
  medium: { gaps: [0.2, 0.2, 0], pulse: 0.18, tones: [659, 659, 587], every: 15_000, loud: 0.35 },
  low: { gaps: [0], pulse: 0.22, tones: [523], every: 30_000, loud: 0.25 },
};

let context = null;
let heard = false;
let priority = "none";
let nextBurstAt = 0;
let mutedUntil = 0;

/** Takes the button of the bar into service. */
export function startSound() {
  try {
    heard = sessionStorage.getItem(heardKey) === "yes";
  } catch {
    // Then it is asked on each page.
  }
  if (heard) open();
  control()?.addEventListener("click", pressed);
  setInterval(step, 200);
  step();
}

/** What calls now: "high", "medium", "low" or "none". A rise is heard at once. */
export function sound(now) {
  const order = ["none", "low", "medium", "high"];
  if (order.indexOf(now) > order.indexOf(priority)) nextBurstAt = 0;
  priority = now;
}

const control = () => document.getElementById("sound");
const works = () => heard && context?.state === "running";

async function pressed() {
  if (!works()) {
    await test();
  } else if (mutedUntil > Date.now()) {
    mutedUntil = 0;
  } else {
    mutedUntil = Date.now() + muteMost;
  }
  step();
}

async function test() {
  open();
  await context.resume();
  burst("medium");
  const again = setInterval(() => burst("medium"), 2_500);
  const said = await askFor({
    title: "Do you hear the test tone?",
    text: "Three short tones, again and again. If you hear nothing, look for the loudspeaker and its volume first.",
    confirm: "Yes, I hear it",
  });
  clearInterval(again);
  heard = said !== null;
  try {
    sessionStorage.setItem(heardKey, heard ? "yes" : "no");
  } catch {
    // See above.
  }
}

function open() {
  context ??= new AudioContext();
}

function step() {
  const node = control();
  const muted = mutedUntil > Date.now();
  if (node) {
    const state = !works() ? "blocked" : muted ? "muted" : "on";
    const text = state === "blocked" ? "SOUND BLOCKED" : state === "muted" ? `Muted ${leftText(mutedUntil - Date.now())}` : "Sound on";
    if (node.dataset.state !== state) {
      node.dataset.state = state;
      node.setAttribute("aria-description", state === "blocked" ? "Press for a test tone" : state === "muted" ? "Press to sound again" : "Press to mute this page for 2 min");
      node.title = node.getAttribute("aria-description");
    }
    if (node.textContent !== text) node.textContent = text;
  }
  if (priority === "none" || muted || !works() || Date.now() < nextBurstAt) return;
  nextBurstAt = Date.now() + bursts[priority].every;
  burst(priority);
}

function burst(kind) {
  const { gaps, pulse, tones, loud } = bursts[kind];
  let at = context.currentTime + 0.03;
  gaps.forEach((gap, place) => {
    tone(at, pulse, tones[place % tones.length], loud);
    at += pulse + gap;
  });
}

function tone(at, length, frequency, loud) {
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loud, at + 0.02);
  gain.gain.setValueAtTime(loud, at + length - 0.03);
  gain.gain.linearRampToValueAtTime(0, at + length);
  gain.connect(context.destination);
  // A ground tone with harmonics carries through a ward better than a pure one.
  [1, 2, 3, 4].forEach((harmonic) => {
    const oscillator = context.createOscillator();
    const share = context.createGain();
    share.gain.value = 0.6 / harmonic;
    oscillator.frequency.value = frequency * harmonic;
    oscillator.connect(share).connect(gain);
    oscillator.start(at);
    oscillator.stop(at + length);
  });
}
