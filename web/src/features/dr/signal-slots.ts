/** Slots of a chart, the oldest first: what was not read is a gap, and never a line between two readings. */
export type SlotPoint = {
  startsAt: string;
  minutes: number;
  least: number;
  most: number;
  mean: number;
  readings: number;
};

const MINUTE_MS = 60_000;
/** More than a screen has of pixels is drawn by none. */
const SLOTS_MAX = 360;

export function slotsOf(points: readonly SlotPoint[], hours: number, now: number): (SlotPoint | null)[] {
  const first = points[0];
  if (!first) return [];
  const began = Math.max(Date.parse(first.startsAt), now - hours * 60 * MINUTE_MS);
  const fine = Math.min(...points.map(({ minutes }) => minutes)) * MINUTE_MS;
  const width = Math.max(fine, Math.ceil((now - began) / SLOTS_MAX / fine) * fine);
  const base = Math.floor(began / width) * width;
  const slots: (SlotPoint | null)[] = Array.from({ length: Math.max(1, Math.ceil((now - base) / width)) }, () => null);
  for (const point of points) {
    const from = Math.floor((Date.parse(point.startsAt) - base) / width);
    // What was rolled up by the hour stands in each slot of its hour.
    const over = Math.max(1, Math.round((point.minutes * MINUTE_MS) / width));
    for (let at = Math.max(0, from); at < Math.min(slots.length, from + over); at += 1)
      slots[at] = joined(slots[at] ?? null, point);
  }
  return slots;
}

function joined(before: SlotPoint | null, point: SlotPoint): SlotPoint {
  if (!before) return point;
  const readings = before.readings + point.readings;
  return {
    ...before,
    least: Math.min(before.least, point.least),
    most: Math.max(before.most, point.most),
    mean: (before.mean * before.readings + point.mean * point.readings) / readings,
    readings,
  };
}
