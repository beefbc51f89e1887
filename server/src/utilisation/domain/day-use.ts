/** Decides what the samples of one machine's day amount to, however late, twice or out of order they came. */
import { type CalendarDate, calendarDate, startOfDay } from '../../kernel/calendar.js';

/** Shares of what the machine has (hundredths of a percent), then bytes a second. */
export const USE_METRICS = ['CPU', 'MEMORY', 'DISK', 'DISK_READ', 'DISK_WRITE', 'NET_IN', 'NET_OUT'] as const;
export type UseMetric = (typeof USE_METRICS)[number];
const SHARES: ReadonlySet<UseMetric> = new Set(['CPU', 'MEMORY', 'DISK']);

/** What one sample stands for: two of one slot are one, so that a repeated reading changes nothing. */
export const SLOT_MS = 5 * 60_000;
export const SLOTS_PER_DAY = 288;
const SLOTS_PER_HOUR = 12;
/** No sample: a gap is a gap, never zero. */
const UNSEEN = 0xff_ff_ff_ff;
const WHOLE = 10_000;
const BYTES_PER_VALUE = 4;

/** Who told of it: the guest's own figures, or what a host gave its launcher. */
export const USE_SOURCES = ['PROMETHEUS', 'METRICS_API'] as const;
export type UseSource = (typeof USE_SOURCES)[number];

export type UseValues = { readonly [M in UseMetric]?: number };

export interface Figures {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  readonly mean: number;
  readonly samples: number;
}
export type DayFigures = { readonly [M in UseMetric]?: Figures };

/** A cluster's clock may run ahead by this much; what lies farther ahead is no reading of a machine. */
const AHEAD_MS = SLOT_MS;
/** Samples may come so many days late; after that their day is closed. */
export const LATE_DAYS = 1;

/** Which day a sample counts to; undefined = it is none that may still be written. */
export function dayOfSample(at: Date, now: Date): CalendarDate | undefined {
  if (Number.isNaN(at.getTime()) || at.getTime() > now.getTime() + AHEAD_MS) return undefined;
  const day = calendarDate(at);
  return day >= firstOpenDay(now) ? day : undefined;
}

export function firstOpenDay(now: Date): CalendarDate {
  return calendarDate(new Date(now.getTime() - LATE_DAYS * SLOTS_PER_DAY * SLOT_MS));
}

/** One machine's day while samples may still come: a value a slot and metric. */
export class DaySlots {
  private readonly values = new Uint32Array(USE_METRICS.length * SLOTS_PER_DAY).fill(UNSEEN);
  private readonly changed = new Set<number>();

  /** By hour, as they were kept; what another version of the program kept is read as far as it goes. */
  static of(kept: ReadonlyMap<number, Buffer>): DaySlots {
    const slots = new DaySlots();
    for (const [hour, bytes] of kept)
      for (let at = 0; at < USE_METRICS.length * SLOTS_PER_HOUR && (at + 1) * BYTES_PER_VALUE <= bytes.length; at += 1)
        slots.values[placeIn(hour, at)] = bytes.readUInt32LE(at * BYTES_PER_VALUE);
    return slots;
  }

  /** Of two samples of one slot the greater stays: the same whichever came first. */
  add(day: CalendarDate, at: Date, values: UseValues): void {
    const slot = Math.floor((at.getTime() - startOfDay(day).getTime()) / SLOT_MS);
    USE_METRICS.forEach((metric, index) => {
      const given = storable(metric, values[metric]);
      if (given === undefined) return;
      const place = index * SLOTS_PER_DAY + slot;
      const before = this.values[place] ?? UNSEEN;
      if (before !== UNSEEN && before >= given) return;
      this.values[place] = given;
      this.changed.add(Math.floor(slot / SLOTS_PER_HOUR));
    });
  }

  /** The hours that say something else than what was kept. */
  changes(): ReadonlyMap<number, Buffer> {
    return new Map([...this.changed].map((hour) => [hour, this.keptOf(hour)]));
  }

  private keptOf(hour: number): Buffer {
    const out = Buffer.alloc(USE_METRICS.length * SLOTS_PER_HOUR * BYTES_PER_VALUE);
    for (let at = 0; at < USE_METRICS.length * SLOTS_PER_HOUR; at += 1)
      out.writeUInt32LE(this.values[placeIn(hour, at)] as number, at * BYTES_PER_VALUE);
    return out;
  }

  figures(): DayFigures {
    return Object.fromEntries(
      USE_METRICS.flatMap((metric, index) => {
        const seen = this.values
          .subarray(index * SLOTS_PER_DAY, (index + 1) * SLOTS_PER_DAY)
          .filter((value) => value !== UNSEEN);
        return seen.length === 0 ? [] : [[metric, figuresOf(seen)]];
      }),
    );
  }

  /** Hours of the day in which it was seen at all. */
  get hours(): number {
    const hours = new Set<number>();
    const seen = this.slotsSeen();
    for (let slot = 0; slot < SLOTS_PER_DAY; slot += 1) if (seen[slot]) hours.add(Math.floor(slot / SLOTS_PER_HOUR));
    return hours.size;
  }

  /** Slots of the day in which it was seen at all. */
  get samples(): number {
    return this.slotsSeen().reduce((sum, seen) => sum + seen, 0);
  }

  /** Plain counting: it is done for every machine every five minutes. */
  private slotsSeen(): Uint8Array {
    const seen = new Uint8Array(SLOTS_PER_DAY);
    for (let at = 0; at < this.values.length; at += 1) if (this.values[at] !== UNSEEN) seen[at % SLOTS_PER_DAY] = 1;
    return seen;
  }
}

/** Of an hour's value, metric by metric, its place among those of the day. */
function placeIn(hour: number, at: number): number {
  return Math.floor(at / SLOTS_PER_HOUR) * SLOTS_PER_DAY + hour * SLOTS_PER_HOUR + (at % SLOTS_PER_HOUR);
}

/** Quantiles by the nearest rank: each is a value that was seen. */
export function figuresOf(values: ArrayLike<number>): Figures {
  const sorted = Uint32Array.from(values).sort();
  const rank = (percent: number) => sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100) - 1)] as number;
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    p50: rank(50),
    p95: rank(95),
    max: sorted.at(-1) as number,
    mean: Math.round(sum / sorted.length),
    samples: sorted.length,
  };
}

/** undefined = the source said nothing that can be one. A share above the whole is the whole: counters lag a little. */
function storable(metric: UseMetric, value: number | undefined): number | undefined {
  if (value === undefined || !Number.isFinite(value) || value < 0) return undefined;
  return Math.min(Math.round(value), SHARES.has(metric) ? WHOLE : UNSEEN - 1);
}
