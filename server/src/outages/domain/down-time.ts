/** Decides how long something was down in all: stretches of time put together, each moment once, less what was agreed. */

/** Half-open, in milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;

/** The same moments in their order, apart from each other: what overlaps or touches is one stretch. */
export function union(stretches: readonly Stretch[]): Stretch[] {
  const found: { from: number; to: number }[] = [];
  for (const { from, to } of stretches.filter((one) => one.from < one.to).sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && from <= last.to) last.to = Math.max(to, last.to);
    else found.push({ from, to });
  }
  return found;
}

/** Of the one what lies in the other, too. */
export function within(stretches: readonly Stretch[], bound: Stretch): Stretch[] {
  return stretches
    .map(({ from, to }) => ({ from: Math.max(from, bound.from), to: Math.min(to, bound.to) }))
    .filter(({ from, to }) => from < to);
}

/** Of the stretch what lies in none of the others. */
export function without(whole: Stretch, taken: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let from = whole.from;
  for (const gap of union(within(taken, whole))) {
    if (from < gap.from) left.push({ from, to: gap.from });
    from = gap.to;
  }
  return from < whole.to ? [...left, { from, to: whole.to }] : left;
}

/** Whole minutes of all of them, each moment once; of a part of a minute nothing. */
export function minutesOf(stretches: readonly Stretch[]): number {
  return Math.floor(union(stretches).reduce((sum, { from, to }) => sum + to - from, 0) / MINUTE_MS);
}

/** What was down, as far as it is asked for here. */
export interface Down extends Stretch {
  /** Whether its minutes count against whoever provides the service. */
  readonly counts: boolean;
  /** Maintenance that was agreed on and took place. */
  readonly agreed: readonly Stretch[];
}

export interface DownTime {
  readonly downMinutes: number;
  /** Of them those that do not count; a minute that counts by one of two outages counts. */
  readonly excusedMinutes: number;
}

/** Of one outage within the bound: its minutes, and those of them that count. */
export function partsOf(down: Down, bound: Stretch): { readonly all: Stretch[]; readonly counted: Stretch[] } {
  const all = within([down], bound);
  return { all, counted: down.counts ? all.flatMap((part) => without(part, down.agreed)) : [] };
}

export function downTimeOf(downs: readonly Down[], bound: Stretch): DownTime {
  const parts = downs.map((down) => partsOf(down, bound));
  const downMinutes = minutesOf(parts.flatMap(({ all }) => all));
  return { downMinutes, excusedMinutes: downMinutes - minutesOf(parts.flatMap(({ counted }) => counted)) };
}
