import type { CostChangePart } from '../../../graphql/enums';

/** In the order of reading: what came and went, what grew, what was otherwise charged. */
export const PARTS: readonly CostChangePart[] = ['NEW', 'RELEASED', 'RESIZED', 'PRICE', 'MOVED', 'DAYS', 'CORRECTION'];

export type Sum = {
  before: string;
  after: string;
  rest: string;
  parts: readonly { part: CostChangePart; amount: string }[];
};

export const amountOf = ({ parts }: Pick<Sum, 'parts'>, of: CostChangePart): string =>
  parts.find(({ part }) => part === of)?.amount ?? '0';

export const differenceOf = ({ before, after }: Pick<Sum, 'before' | 'after'>): string =>
  (BigInt(after) - BigInt(before)).toString();

export type Step = {
  key: 'BEFORE' | CostChangePart | 'REST' | 'AFTER';
  amount: string;
  /** Of a box of 1: where the bar stands and how high it is. */
  y: number;
  height: number;
  direction: 'whole' | 'up' | 'down';
};

/** How much of the range is left below the lowest level when the axis does not begin at nothing. */
const FLOOR_SHARE = 0.25;
const THOUSANDTHS = 1_000n;

/**
 * The steps of a waterfall: what it cost, each part that moved it, what it costs. Changes are small beside the sums, so the
 * axis may begin above nothing: then `cut` says so. Levels pass through no float until they are thousandths of the box.
 */
export function stepsOf(sum: Sum): { steps: Step[]; cut: boolean } {
  const moved = PARTS.map((part) => ({ key: part as Step['key'], amount: BigInt(amountOf(sum, part)) }));
  const parts = [...moved, { key: 'REST' as const, amount: BigInt(sum.rest) }].filter(({ amount }) => amount !== 0n);
  const before = BigInt(sum.before);
  const levels = [before];
  for (const { amount } of parts) levels.push((levels.at(-1) as bigint) + amount);
  const [low, high] = [least(levels), -least(levels.map((level) => -level))];
  const range = high - low;
  const cut = low > 0n && range * 2n < low;
  const floor = cut ? low - BigInt(Math.max(1, Math.round(Number(range || high) * FLOOR_SHARE))) : low < 0n ? low : 0n;
  const top = high > 0n ? high : 0n;
  const span = top - floor || 1n;
  const at = (level: bigint) => 1 - Number(((level - floor) * THOUSANDTHS) / span) / Number(THOUSANDTHS);
  const bar = (from: bigint, to: bigint) => ({ y: Math.min(at(from), at(to)), height: Math.abs(at(from) - at(to)) });
  const ground = cut ? floor : 0n;
  return {
    cut,
    steps: [
      { key: 'BEFORE', amount: sum.before, direction: 'whole', ...bar(ground, before) },
      ...parts.map(({ amount, key }, index): Step => {
        const from = levels[index] as bigint;
        return {
          key,
          amount: amount.toString(),
          direction: amount > 0n ? 'up' : 'down',
          ...bar(from, from + amount),
        };
      }),
      { key: 'AFTER', amount: sum.after, direction: 'whole', ...bar(ground, BigInt(sum.after)) },
    ],
  };
}

function least(levels: readonly bigint[]): bigint {
  return levels.toSorted((a, b) => (a < b ? -1 : 1))[0] ?? 0n;
}
