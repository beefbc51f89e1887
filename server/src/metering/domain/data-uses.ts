/** Decides since when the data of a line's machines is kept in the recovery center, and how much of it there was when. */
import type { UseFact } from './intervals.js';

/** Storage of one machine's data, from its grant on. */
export interface DataGrant {
  readonly id: string;
  readonly allocatedAt: Date;
  readonly releasedAt: Date | null;
}

/** A machine of the line, wherever it runs. */
export interface LineMachine {
  readonly centerId: string | null;
  readonly deliveredAt: Date;
  readonly endedAt: Date | null;
}

/**
 * There is as much data as machines: the first data set with the first machine that is delivered, the second with the second.
 * In two same-city centers a machine stands twice and has its data once.
 * @returns null = not as many have been delivered yet.
 */
export function beginOfData(
  data: DataGrant,
  ofLine: readonly DataGrant[],
  machines: readonly LineMachine[],
): Date | null {
  const rank = ofLine.filter(
    (other) =>
      before(other, data) && (other.releasedAt === null || other.releasedAt.getTime() > data.allocatedAt.getTime()),
  ).length;
  const standing = machines.filter(({ endedAt }) => endedAt === null || endedAt > data.allocatedAt);
  const delivered = [...Map.groupBy(standing, ({ centerId }) => centerId).values()].flatMap((own) => {
    return seatsOf(own)[rank] ?? [];
  });
  if (delivered.length === 0) return null;
  return new Date(Math.max(data.allocatedAt.getTime(), Math.min(...delivered)));
}

/**
 * When each place of a line was first taken, in order: a machine that comes when another has gone takes its place, and has
 * the data that was there.
 */
function seatsOf(machines: readonly LineMachine[]): number[] {
  const seats: { readonly opened: number; until: number }[] = [];
  for (const { deliveredAt, endedAt } of machines.toSorted(
    (a, b) => a.deliveredAt.getTime() - b.deliveredAt.getTime(),
  )) {
    const [opened, until] = [deliveredAt.getTime(), endedAt?.getTime() ?? Number.POSITIVE_INFINITY];
    const free = seats.find((seat) => seat.until <= opened);
    if (free) free.until = until;
    else seats.push({ opened, until });
  }
  return seats.map(({ opened }) => opened);
}

function before(a: DataGrant, b: DataGrant): boolean {
  const [first, second] = [a.allocatedAt.getTime(), b.allocatedAt.getTime()];
  return first < second || (first === second && a.id < b.id);
}

/** @param gib what it is now; each growth was not there before its moment. */
export function factsOfData(
  { allocatedAt, gib, meter }: { readonly allocatedAt: Date; readonly gib: number; readonly meter: string },
  growths: readonly { readonly at: Date; readonly gib: number }[],
): UseFact[] {
  const inTime = growths.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  let now = gib - inTime.reduce((sum, growth) => sum + growth.gib, 0);
  const fact = (at: Date): UseFact => ({ id: `${at.getTime()}`, at, quantities: { [meter]: now } });
  const facts = [fact(allocatedAt)];
  for (const growth of inTime) {
    now += growth.gib;
    facts.push(fact(growth.at));
  }
  return facts;
}
