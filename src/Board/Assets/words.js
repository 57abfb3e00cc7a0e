// Words that several pages say in the same way.

const nobodySignedIn = " (board, unauthenticated)";

/** A value with its limit: "86 %, limit 88 %"; a letter that should be another one: "V, not A". */
export function compared(value, limit) {
  const shown = withSigns(value);
  if (!shown || !limit || limit === "on" || limit === "off") return shown;
  return /^[A-Z]$/.test(limit) ? (shown === limit ? shown : `${shown}, not ${limit}`) : `${shown}, limit ${limit}`;
}

/** A text of the rules with the signs that people write. */
export function withSigns(text) {
  return text.replaceAll(">=", "≥").replaceAll("<=", "≤");
}

/** A text whose people stand in it by name alone. The records say of each that nobody was signed in; on a page it would push aside what counts. */
export function plainNames(text) {
  return text?.replaceAll(nobodySignedIn, "") ?? text;
}
