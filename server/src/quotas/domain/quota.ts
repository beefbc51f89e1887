/** Decides what a quota (用云定额) limits, whether what is asked fits every level on the way, and how far a limit may be set. */
import { say } from '../../kernel/bilingual.js';
import {
  QUOTA_METERS,
  type QuotaLevel,
  type QuotaMeter,
  type QuotaOutOfBounds,
  type QuotaShortage,
} from '../../kernel/refusal.js';

export type QuotaAmounts = { readonly [M in QuotaMeter]: number };
export type SomeAmounts = { readonly [M in QuotaMeter]?: number };

export const NO_AMOUNTS: QuotaAmounts = {
  MACHINE: 0,
  VCPU: 0,
  MEMORY_MIB: 0,
  STORAGE_GIB: 0,
  ACCELERATOR: 0,
  SERVER: 0,
  CABINET_HALF_UNIT: 0,
  POWER_W: 0,
};

/**
 * The counter's limit of a meter that nobody has limited. Its row is there all the same: what is live is counted from
 * the first claim on, so that a limit set later is held against the truth.
 */
export const UNLIMITED = Number.MAX_SAFE_INTEGER;
export const NO_LIMITS: QuotaAmounts = Object.fromEntries(QUOTA_METERS.map((m) => [m, UNLIMITED])) as QuotaAmounts;
/** No province asks for more of anything; larger is a slip of the keyboard. */
export const LIMIT_MAX = 1_000_000_000_000;

/** Whose quota: its id is the subject's own, which is unique in the whole province. */
export interface QuotaSubject {
  readonly level: QuotaLevel;
  readonly id: string;
  readonly name: string;
  /** The department that it is or belongs to. */
  readonly departmentId: string;
}

export interface MeterState {
  readonly limit: number;
  /** Held and allocated together. */
  readonly live: number;
}

/** One level on the way of a claim, with its counters as they are now. */
export interface QuotaState {
  readonly subject: QuotaSubject;
  readonly meters: { readonly [M in QuotaMeter]?: MeterState };
}

export interface FitRow {
  readonly subject: QuotaSubject;
  readonly meter: QuotaMeter;
  readonly limit: number;
  readonly requested: number;
  readonly left: number;
  readonly fits: boolean;
}

export interface QuotaFit {
  /** Every limited meter that is asked for, level by level. */
  readonly rows: readonly FitRow[];
  readonly shortages: readonly QuotaShortage[];
}

/** What is asked against every level. `own` is what the asker holds already, by subject: it counts as free for it. */
export function quotaFit(
  levels: readonly QuotaState[],
  asked: SomeAmounts,
  own: ReadonlyMap<string, SomeAmounts> = new Map(),
): QuotaFit {
  const rows = levels.flatMap(({ subject, meters }) =>
    QUOTA_METERS.flatMap((meter): FitRow[] => {
      const [requested, state] = [asked[meter] ?? 0, meters[meter]];
      if (requested === 0 || !state || state.limit === UNLIMITED) return [];
      const left = state.limit - state.live + (own.get(subject.id)?.[meter] ?? 0);
      return [{ subject, meter, limit: state.limit, requested, left, fits: requested <= left }];
    }),
  );
  return { rows, shortages: rows.filter((row) => !row.fits).map(shortageOf) };
}

function shortageOf({ subject, meter, requested, left }: FitRow): QuotaShortage {
  const [word, short] = [METER_WORDS[meter], requested - left];
  return {
    code: 'QUOTA_SHORTAGE',
    path: [],
    level: subject.level,
    subjectId: subject.id,
    subjectName: subject.name,
    meter,
    requested,
    left,
    short,
    message: say(
      `${subject.name}的用云定额不足：${word.zh}申请 ${figure(meter, requested)}，剩余 ${figure(meter, left)}，缺 ${figure(meter, short)}`,
      `The quota of ${subject.name} is too small: ${word.en} asked ${figure(meter, requested)}, left ${figure(meter, left)}, short ${figure(meter, short)}`,
    ),
  };
}

/** Sums amounts into one, e.g. of all lines of a request. */
export function sumAmounts(parts: readonly SomeAmounts[]): QuotaAmounts {
  const sum = { ...NO_AMOUNTS } as { [M in QuotaMeter]: number };
  for (const part of parts) for (const meter of QUOTA_METERS) sum[meter] += part[meter] ?? 0;
  return sum;
}

/** What one level is asked by everything whose way leads through it. */
export interface QuotaAsk {
  readonly subject: QuotaSubject;
  readonly amounts: QuotaAmounts;
}

/** Sums what many ask by the levels on their ways: a level is asked once, for all of them. The first named comes first. */
export function asksByLevel(
  parts: readonly { readonly levels: readonly QuotaSubject[]; readonly amounts: SomeAmounts }[],
): QuotaAsk[] {
  const asks = new Map<string, QuotaAsk>();
  for (const { levels, amounts } of parts)
    for (const subject of levels)
      asks.set(subject.id, { subject, amounts: sumAmounts([asks.get(subject.id)?.amounts ?? NO_AMOUNTS, amounts]) });
  return [...asks.values()];
}

export interface QuotaDelta {
  readonly kind: 'QUOTA';
  readonly subjectId: string;
  readonly amounts: SomeAmounts;
}

/** Something that took quotas: it knows which, so that the same ones get it back whatever the tree looks like by then. */
export interface Taker {
  readonly quotaIds: readonly string[];
  readonly amounts: SomeAmounts;
}

/** How much each quota moves, summed first: one statement a quota. */
export function quotaDeltas(taken: readonly Taker[], givenBack: readonly Taker[]): QuotaDelta[] {
  const sums = new Map<string, { [M in QuotaMeter]?: number }>();
  const add = ({ quotaIds, amounts }: Taker, sign: 1 | -1): void => {
    for (const id of quotaIds) {
      const sum = sums.get(id) ?? {};
      for (const meter of QUOTA_METERS) {
        const amount = amounts[meter] ?? 0;
        if (amount !== 0) sum[meter] = (sum[meter] ?? 0) + sign * amount;
      }
      sums.set(id, sum);
    }
  };
  for (const taker of taken) add(taker, 1);
  for (const taker of givenBack) add(taker, -1);
  return [...sums]
    .map(([subjectId, amounts]) => ({ kind: 'QUOTA' as const, subjectId, amounts }))
    .filter(({ amounts }) => Object.values(amounts).some((amount) => amount !== 0));
}

/** Limits as a person sets them; null = no limit. Meters that are not named stay as they are. */
export type LimitWish = { readonly [M in QuotaMeter]?: number | null };

/**
 * Whether limits may be set: not below what is in use, not above any level above, not below any level beneath. No limit
 * of one's own is always allowed: the levels above hold all the same.
 */
export function checkLimits(
  wish: LimitWish,
  own: QuotaState,
  above: readonly QuotaState[],
  beneath: readonly QuotaState[],
): QuotaOutOfBounds[] {
  return QUOTA_METERS.flatMap((meter): QuotaOutOfBounds[] => {
    const asked = wish[meter];
    if (asked === undefined || asked === null) return [];
    const live = own.meters[meter]?.live ?? 0;
    if (asked < live) return [outOfBounds('IN_USE', meter, asked, live, own.subject)];
    const tightest = extreme(above, meter, (a, b) => a < b);
    if (tightest && asked > tightest.limit)
      return [outOfBounds('PARENT', meter, asked, tightest.limit, tightest.subject)];
    const widest = extreme(beneath, meter, (a, b) => a > b);
    if (widest && asked < widest.limit) return [outOfBounds('CHILD', meter, asked, widest.limit, widest.subject)];
    return [];
  });
}

function extreme(
  states: readonly QuotaState[],
  meter: QuotaMeter,
  beats: (a: number, b: number) => boolean,
): { subject: QuotaSubject; limit: number } | null {
  let found: { subject: QuotaSubject; limit: number } | null = null;
  for (const { subject, meters } of states) {
    const limit = meters[meter]?.limit ?? UNLIMITED;
    if (limit !== UNLIMITED && (!found || beats(limit, found.limit))) found = { subject, limit };
  }
  return found;
}

export const METER_WORDS: { readonly [M in QuotaMeter]: { readonly zh: string; readonly en: string } } = {
  MACHINE: say('云主机', 'virtual machines'),
  VCPU: say('vCPU', 'vCPU'),
  MEMORY_MIB: say('内存', 'memory'),
  STORAGE_GIB: say('存储', 'storage'),
  ACCELERATOR: say('加速卡', 'accelerators'),
  SERVER: say('独立服务器', 'servers'),
  CABINET_HALF_UNIT: say('机柜空间', 'cabinet space'),
  POWER_W: say('电力', 'power'),
};
const MIB_PER_GIB = 1024;
const HALF_UNITS_PER_UNIT = 2;
const W_PER_KW = 1000;

/** A figure as a person reads it: GiB, U and kW, never MiB, half-units and watts. */
export function figure(meter: QuotaMeter, amount: number): string {
  const short = (value: number) => String(Math.round(value * 100) / 100);
  if (meter === 'MEMORY_MIB') return `${short(amount / MIB_PER_GIB)} GiB`;
  if (meter === 'STORAGE_GIB') return `${amount} GiB`;
  if (meter === 'CABINET_HALF_UNIT') return `${short(amount / HALF_UNITS_PER_UNIT)} U`;
  if (meter === 'POWER_W') return `${short(amount / W_PER_KW)} kW`;
  return String(amount);
}

function outOfBounds(
  reason: QuotaOutOfBounds['reason'],
  meter: QuotaMeter,
  asked: number,
  bound: number,
  subject: QuotaSubject,
): QuotaOutOfBounds {
  const word = METER_WORDS[meter];
  const [a, b] = [figure(meter, asked), figure(meter, bound)];
  const message = {
    IN_USE: say(
      `${word.zh}已使用和预占 ${b}，定额不能低于它（填写 ${a}）`,
      `${b} of ${word.en} are in use or held; the limit cannot be below that (${a} was asked)`,
    ),
    PARENT: say(
      `${word.zh}定额不能超过上级 ${subject.name} 的 ${b}（填写 ${a}）`,
      `The limit of ${word.en} cannot exceed the ${b} of ${subject.name} above (${a} was asked)`,
    ),
    CHILD: say(
      `${word.zh}定额不能低于下级 ${subject.name} 的 ${b}（填写 ${a}）`,
      `The limit of ${word.en} cannot be below the ${b} of ${subject.name} beneath (${a} was asked)`,
    ),
  }[reason];
  return {
    code: 'QUOTA_OUT_OF_BOUNDS',
    path: ['limits', meter],
    reason,
    meter,
    asked,
    bound,
    subjectName: subject.name,
    message,
  };
}
