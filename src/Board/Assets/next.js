// Who is told next, in words.

const afters = { silence: "After the silence", pause: "After the care pause", standby: "After the standby" };

/** "Next: charge nurse", "After the care pause: nurse"; null where nobody is next. */
export const nextWords = (role, waitsFor) => (role ? `${afters[waitsFor] ?? "Next"}: ${role}` : null);
