/** Decides how spend and accounted cost of a center and month are set beside each other, and what of the difference is explained. */
import type { Month } from '../../accounting/domain/accounting-units.js';
import type { Fen } from '../../kernel/money.js';

/** Why what was paid is not what was accounted. OTHER says it in words. */
export const DIFFERENCE_REASONS = ['IDLE_CAPACITY', 'PRICE_DIFFERENCE', 'NOT_YET_METERED', 'TIMING', 'OTHER'] as const;
export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number];

/** Quantities of vCPU-months carry so many places; a month's seconds divide no round number. */
export const VCPU_MONTH_SCALE = 1_000_000n;

interface AtCell {
  readonly month: Month;
  /** null = of no center. */
  readonly centerId: string | null;
}

export interface AmountAt extends AtCell {
  readonly amount: Fen;
}

export interface AccountedAt extends AtCell {
  /** Of the province's own departments. */
  readonly accounted: Fen;
  /** Of cities, whose accounts never enter the province's: a part of the difference that needs no person to explain it. */
  readonly cities: Fen;
  /** vCPU × seconds in use, of both. */
  readonly vcpuSeconds: bigint;
  readonly secondsOfMonth: bigint;
}

export interface ReconciledCell extends AtCell {
  readonly spend: Fen;
  readonly accounted: Fen;
  /** spend − accounted; negative where use is accounted that nobody has been paid for yet. */
  readonly unallocated: Fen;
  readonly cities: Fen;
  /** What named people have explained. */
  readonly explained: Fen;
  /** unallocated − cities − explained. */
  readonly unexplained: Fen;
  /** In millionths. */
  readonly vcpuMonths: bigint;
}

export interface ReconciliationFacts {
  readonly spend: readonly AmountAt[];
  readonly accounted: readonly AccountedAt[];
  readonly explained: readonly AmountAt[];
}

/** Every month and center of which any side knows anything, in their order; nothing is left out because one side is silent. */
export function reconcile({ spend, accounted, explained }: ReconciliationFacts): ReconciledCell[] {
  const keyOf = ({ month, centerId }: AtCell) => `${month} ${centerId ?? ''}`;
  const keys = new Map<string, AtCell>();
  for (const { month, centerId } of [...spend, ...accounted, ...explained])
    keys.set(keyOf({ month, centerId }), { month, centerId });
  const amounts = (rows: readonly AmountAt[]) => {
    const sums = new Map<string, Fen>();
    for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0n) + row.amount);
    return sums;
  };
  const [spent, said] = [amounts(spend), amounts(explained)];
  const used = Map.groupBy(accounted, keyOf);
  return [...keys]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, at]) => {
      const rows = used.get(key) ?? [];
      const sumOf = (field: 'accounted' | 'cities') => rows.reduce((sum, row) => sum + row[field], 0n);
      return cellOf(at, {
        spend: spent.get(key) ?? 0n,
        accounted: sumOf('accounted'),
        cities: sumOf('cities'),
        explained: said.get(key) ?? 0n,
        vcpuMonths: rows.reduce((sum, row) => sum + vcpuMonthsOf(row), 0n),
      });
    });
}

type CellSums = Pick<ReconciledCell, 'spend' | 'accounted' | 'cities' | 'explained' | 'vcpuMonths'>;

function cellOf(at: AtCell, sums: CellSums): ReconciledCell {
  const unallocated = sums.spend - sums.accounted;
  return { ...at, ...sums, unallocated, unexplained: unallocated - sums.cities - sums.explained };
}

/** Sums of some cells under one name; identities of cells are those of their sums. */
export function sumOfCells(at: AtCell, cells: readonly ReconciledCell[]): ReconciledCell {
  const sum = (field: keyof CellSums) => cells.reduce((total, cell) => total + cell[field], 0n);
  return cellOf(at, {
    spend: sum('spend'),
    accounted: sum('accounted'),
    cities: sum('cities'),
    explained: sum('explained'),
    vcpuMonths: sum('vcpuMonths'),
  });
}

/** Sold vCPU-months: vCPU × time in use ÷ the month's time, rounded half up in the last place. */
export function vcpuMonthsOf({
  vcpuSeconds,
  secondsOfMonth,
}: Pick<AccountedAt, 'vcpuSeconds' | 'secondsOfMonth'>): bigint {
  if (secondsOfMonth <= 0n) return 0n;
  return (2n * vcpuSeconds * VCPU_MONTH_SCALE + secondsOfMonth) / (2n * secondsOfMonth);
}

/** All of a side's cost over the vCPU-months sold: what a vCPU costs with its memory, storage and network. null = none was sold. */
export function unitCostOf(amount: Fen, vcpuMonths: bigint): Fen | null {
  if (vcpuMonths <= 0n) return null;
  const [size, sign] = amount < 0n ? [-amount, -1n] : [amount, 1n];
  return (sign * (2n * size * VCPU_MONTH_SCALE + vcpuMonths)) / (2n * vcpuMonths);
}
