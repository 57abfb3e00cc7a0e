// Asks the gateway, and tells it what a person does. All addresses are relative: the board may live under a sub-path.

import { person } from "./person.js";

const deadline = 10_000;

/** Reads something. Returns { ok, status, data, sentence }; sentence says what is wrong where ok is false. */
export async function read(path, { signal, within = deadline } = {}) {
  const limits = [AbortSignal.timeout(within)];
  if (signal) limits.push(signal);
  return answerOf(() => fetch(path, { signal: AbortSignal.any(limits) }), "No answer from the gateway.");
}

/** Asks for something to be tried out; nothing is changed by it. */
export function ask(path, body, within = deadline) {
  return send(path, body, within, "No answer from the gateway.");
}

/**
 * Has something done in the name of whoever sits here; asks for the name first where it is not known. Null when the person thought better of it.
 * sentence always says what became of it.
 */
export async function act(path, body, within = deadline) {
  const by = await person();
  if (!by) return null;
  return send(path, { ...body, by }, within, "No answer from the gateway: whether it was done is not known. Look again.");
}

/** A part of an address. */
export const part = encodeURIComponent;

function send(path, body, within, silence) {
  const request = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal: AbortSignal.timeout(within) };
  return answerOf(() => fetch(path, request), silence);
}

async function answerOf(run, silence) {
  let answer;
  try {
    answer = await run();
  } catch (failure) {
    return { ok: false, status: 0, data: {}, sentence: silence, cancelled: failure.name === "AbortError" };
  }
  const data = await answer.json().catch(() => ({}));
  const sentence = data.sentence ?? data.detail ?? (answer.ok ? "" : `The gateway answered ${answer.status}.`);
  return { ok: answer.ok, status: answer.status, data, sentence };
}
