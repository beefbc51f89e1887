/** Decides what machines that stand idle cost, by one side and machine by machine, from the lines of one month. */
import type { Fen } from '../../kernel/money.js';

export const IDLE_DIMENSIONS = ['DEPARTMENT', 'SYSTEM', 'CENTER'] as const;
export type IdleDimension = (typeof IDLE_DIMENSIONS)[number];

export interface IdleLine {
  readonly resourceId: string;
  readonly departmentId: string;
  readonly systemId: string | null;
  readonly centerId: string | null;
  /** Charged on the statement of the month. */
  readonly amount: Fen;
}

export interface IdleMachine {
  readonly resourceId: string;
  readonly departmentId: string;
  readonly amount: Fen;
}

export interface IdleGroup {
  /** null = of none. */
  readonly key: string | null;
  readonly machines: number;
  readonly amount: Fen;
}

export interface IdleCost {
  readonly machines: number;
  readonly amount: Fen;
  readonly groups: readonly IdleGroup[];
  readonly dearest: readonly IdleMachine[];
}

/** The dearest first; a machine that cost nothing in the month (delivered since, disputed) is not among them. */
export function idleCostOf(lines: readonly IdleLine[], by: IdleDimension, most: number): IdleCost {
  const machines = [...Map.groupBy(lines, ({ resourceId }) => resourceId)].flatMap(([resourceId, some]) => {
    const amount = sum(some);
    const [first] = some;
    return amount === 0n || !first ? [] : [{ resourceId, departmentId: first.departmentId, amount }];
  });
  const counted = new Set(machines.map(({ resourceId }) => resourceId));
  const charged = lines.filter(({ resourceId }) => counted.has(resourceId));
  const groups = [...Map.groupBy(charged, (line) => keyOf(line, by))].map(([key, some]) => ({
    key,
    machines: new Set(some.map(({ resourceId }) => resourceId)).size,
    amount: sum(some),
  }));
  return {
    machines: machines.length,
    amount: sum(charged),
    groups: groups.toSorted((a, b) => dearer(a.amount, b.amount) || ((a.key ?? '') < (b.key ?? '') ? -1 : 1)),
    dearest: machines
      .toSorted((a, b) => dearer(a.amount, b.amount) || (a.resourceId < b.resourceId ? -1 : 1))
      .slice(0, most),
  };
}

function keyOf(line: IdleLine, by: IdleDimension): string | null {
  if (by === 'DEPARTMENT') return line.departmentId;
  return by === 'SYSTEM' ? line.systemId : line.centerId;
}

function dearer(a: Fen, b: Fen): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

function sum(some: readonly { readonly amount: Fen }[]): Fen {
  return some.reduce((total, { amount }) => total + amount, 0n);
}
