// The wall screen of a ward: read only, beds and, where asked for, the patient's first letters. It makes no sound and takes no press.

import { announce, start } from "./shell.js";
import { UrgentStrip } from "./urgent.js";
import { Wall } from "./wall.js";
import { Wards } from "./wards.js";

const asked = new URLSearchParams(location.search);
const ward = asked.get("ward") || null;
// Who walks by reads a wall screen too: without "initials" nothing names a patient, with it at most three letters.
document.body.dataset.initials = asked.has("initials") ? "yes" : "no";
const lettersMost = 3;

const wards = new Wards({ readOnly: true, only: ward });
const urgent = new UrgentStrip(null);
const wall = new Wall();

start({
  stream: "api/stream",
  kinds: ["ward", "change"],
  prepare: (kind, { header, tiles }) => {
    for (const tile of tiles) tile.patient = asked.has("initials") ? tile.patient?.slice(0, lettersMost) : undefined;
    wards.take(kind, { header, tiles });
    if (!ward) return;
    // The bar counts the whole house; this screen is of one ward.
    Object.assign(header, wards.counts(), { title: ward, urgent: header.urgent.filter((alert) => alert.key.split("\u001f")[1] === ward) });
  },
  onEvent: (kind, { header }) => {
    urgent.show({ urgent: header.urgent, urgentMore: 0 });
    announce(wards.calling());
    wall.check();
  },
  onLost: () => wards.lost(),
});
