/** Decides how much of the province one department may hold at once while nothing is decided, and whether a request stays below it (P22). */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { HELD_METERS, type HeldMeter, type HoldCap } from '../../kernel/refusal.js';
import { figure, METER_WORDS } from '../../quotas/domain/quota.js';
import { type MachineSize, piecesOf } from './capacity.js';

export type HeldAmounts = { readonly [M in HeldMeter]: number };
/** What is not named is nothing. */
export type SomeHeld = { readonly [M in HeldMeter]?: number };

export const NOTHING_HELD: HeldAmounts = {
  VCPU: 0,
  MEMORY_MIB: 0,
  STORAGE_GIB: 0,
  ACCELERATOR: 0,
  SERVER: 0,
  CABINET_HALF_UNIT: 0,
  POWER_W: 0,
  ADDRESS: 0,
};

/** From this share on nothing is capped: pools hold no more than they have anyway. */
const EVERYTHING_PERCENT = 100;

/**
 * A department may hold this much however small the province is: a usual system's request (some 16 machines of 8 vCPU and
 * 32 GiB with 640 GiB each, eight servers, two cabinets of 42 U with 10 kW each, a node's accelerators in both centers) must
 * not wait because a share of little is less.
 */
export const HELD_CAP_FLOOR: HeldAmounts = {
  VCPU: 128,
  MEMORY_MIB: 524_288,
  STORAGE_GIB: 10_240,
  ACCELERATOR: 16,
  SERVER: 8,
  CABINET_HALF_UNIT: 168,
  POWER_W: 20_000,
  ADDRESS: 64,
};

/** Of what open centers have in all: pools by what they promise, storage and accelerators of every kind together. null = not capped. */
export function heldCap(totals: HeldAmounts, sharePercent: number): HeldAmounts | null {
  if (sharePercent >= EVERYTHING_PERCENT) return null;
  const of = (meter: HeldMeter): number =>
    Math.max(HELD_CAP_FLOOR[meter], Math.ceil((totals[meter] * sharePercent) / EVERYTHING_PERCENT));
  return Object.fromEntries(HELD_METERS.map((meter) => [meter, of(meter)])) as HeldAmounts;
}

interface HeldState {
  readonly cap: HeldAmounts | null;
  /** By the department's other requests. */
  readonly others: HeldAmounts;
  /** By the request itself until now: it gives that back as it takes anew. */
  readonly own: HeldAmounts;
}

/** One row for each meter that is asked for; none where nothing is capped. */
export interface HeldRow {
  readonly meter: HeldMeter;
  readonly held: number;
  readonly requested: number;
  readonly cap: number;
  readonly fits: boolean;
}

/** Whoever asks for no more than it holds already is never refused: a cap that was lowered takes nothing from anybody. */
export function heldRows({ cap, others, own }: HeldState, asked: SomeHeld): HeldRow[] {
  if (cap === null) return [];
  return HELD_METERS.flatMap((meter): HeldRow[] => {
    const requested = asked[meter] ?? 0;
    if (requested === 0) return [];
    const fits = requested <= own[meter] || others[meter] + requested <= cap[meter];
    return [{ meter, held: others[meter], requested, cap: cap[meter], fits }];
  });
}

/** One refusal for each meter beyond the cap. */
export function beyondHeldCap(rows: readonly HeldRow[]): HoldCap[] {
  return rows.filter(({ fits }) => !fits).map(refusalOf);
}

/** What claims of pools hold. */
export function heldOf(claims: readonly MachineSize[]): HeldAmounts {
  return sumHeld(
    claims.map((claim) => ({
      VCPU: claim.vcpu,
      MEMORY_MIB: claim.memoryMib,
      STORAGE_GIB: claim.diskGib,
      ACCELERATOR: piecesOf(claim),
    })),
  );
}

export function sumHeld(parts: readonly SomeHeld[]): HeldAmounts {
  const sum = { ...NOTHING_HELD } as { [M in HeldMeter]: number };
  for (const part of parts) for (const meter of HELD_METERS) sum[meter] += part[meter] ?? 0;
  return sum;
}

/** Of what is no machine: servers and room in cabinets. What a service takes of a quota blocks nobody's place. */
export function thingsHeld({ SERVER, CABINET_HALF_UNIT, POWER_W }: SomeHeld): SomeHeld {
  return { SERVER: SERVER ?? 0, CABINET_HALF_UNIT: CABINET_HALF_UNIT ?? 0, POWER_W: POWER_W ?? 0 };
}

export const HELD_WORDS: { readonly [M in HeldMeter]: Bilingual } = {
  ...METER_WORDS,
  ADDRESS: say('地址', 'addresses'),
};

export function heldFigure(meter: HeldMeter, amount: number): string {
  return meter === 'ADDRESS' ? String(amount) : figure(meter, amount);
}

function refusalOf({ meter, held, requested, cap }: HeldRow): HoldCap {
  const word = HELD_WORDS[meter];
  const short = held + requested - cap;
  const [h, r, c] = [heldFigure(meter, held), heldFigure(meter, requested), heldFigure(meter, cap)];
  // Waiting helps only whoever would fit once the rest is decided.
  const [zh, en] =
    requested > cap
      ? [
          '单张申请单已超过上限，请分批申请，或请大数据中心调整预占上限',
          'this request alone exceeds the cap: ask in parts, or ask the center to change the rule',
        ]
      : [
          '请等在办申请单审结，或撤回不再需要的，或减少本单数量',
          'wait until pending requests are decided, withdraw what is no longer needed, or ask for less',
        ];
  return {
    code: 'HOLD_CAP',
    path: [],
    meter,
    held,
    requested,
    cap,
    short,
    message: say(
      `本单位的预占超过上限：${word.zh}已预占 ${h}，本单需 ${r}，上限 ${c}；${zh}`,
      `The department would hold more than it may at once: ${word.en} held ${h}, asked ${r}, cap ${c}; ${en}`,
    ),
  };
}
