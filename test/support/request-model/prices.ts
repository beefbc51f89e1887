import type { CalendarDate } from '../../../server/src/kernel/calendar.js';
import { DISK_GIB, memoryOf, type Share, SIZES, VCPU_OF, type Wish } from './shares.ts';

/** Fen a month: of one vCPU, GiB of memory and GiB of storage; of everything else, of one. */
const FEN = {
  ...{
    part: 1_000n,
    card: 10_000n,
    server: 10_000n,
    unit: 10_000n,
    kilowatt: 10_000n,
    whole: 300_000n,
    service: 10_000n,
  },
} as const;
export const INCLUDED_W = { unit: 200, whole: SIZES.WHOLE[0].watts } as const;
const MIB_PER_GIB = 1_024n;

/**
 * 预算额度占用: what the hold of these shares, and of the services of a request, reserves from a day to the end of its year. A
 * part of a month costs its days by that month's, to the nearest fen; each thing is reckoned alone.
 */
export function holdFen(shares: readonly Share[], { lines }: Pick<Wish, 'lines'>, day: CalendarDate): bigint {
  const services = lines.flatMap(({ kind, count }) => (kind === 'SERVICE' ? [{ fen: FEN.service, count }] : []));
  const parts = [...shares.map((share) => ({ fen: monthlyFen(share), count: share.count })), ...services];
  return parts.reduce((sum, { fen, count }) => sum + BigInt(count) * toYearsEnd(fen, day), 0n);
}

function monthlyFen({ kind, standing, card, form }: Share): bigint {
  if (kind === 'SERVER') return FEN.server;
  if (kind === 'CABINET') {
    const [{ units, watts }] = SIZES[form];
    if (form === 'WHOLE') return FEN.whole;
    return FEN.unit * BigInt(units) + (FEN.kilowatt * BigInt(Math.max(0, watts - INCLUDED_W.unit * units))) / 1_000n;
  }
  const storage = FEN.part * BigInt(DISK_GIB);
  if (standing === 'DATA') return storage;
  const vcpu = VCPU_OF[standing];
  const memory = (FEN.part * BigInt(memoryOf(vcpu, card))) / MIB_PER_GIB;
  // With fewer pieces than it has a machine cannot be promoted: a standby has all of them.
  return FEN.part * BigInt(vcpu) + memory + storage + (card ? FEN.card : 0n);
}

function toYearsEnd(fen: bigint, day: CalendarDate): bigint {
  const [year = 0, month = 0, first = 0] = day.split('-').map(Number);
  const inMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const days = BigInt(inMonth - first + 1);
  const part = (2n * fen * days + BigInt(inMonth)) / (2n * BigInt(inMonth));
  return part + BigInt(12 - month) * fen;
}
