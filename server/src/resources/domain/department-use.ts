/** Decides what the use of several departments amounts to together, and in which order they are shown. */
export interface UseSum {
  readonly machines: number;
  readonly seen: number;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly seenVcpu: number;
  readonly seenMemoryMib: number;
  readonly cpuMean: number | null;
  readonly memoryMean: number | null;
  readonly idle: number;
  readonly idleFen: bigint;
  readonly oversized: number;
  readonly oversizedFen: bigint;
}

/** Means are weighted by what was measured: a department with one big machine is not as much as one with a hundred. */
export function sumOfUse(rows: readonly UseSum[]): UseSum {
  const sum = (pick: (row: UseSum) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const fen = (pick: (row: UseSum) => bigint) => rows.reduce((total, row) => total + pick(row), 0n);
  const mean = (value: (row: UseSum) => number | null, weight: (row: UseSum) => number) => {
    const seen = rows.filter((row) => value(row) !== null);
    const whole = seen.reduce((total, row) => total + weight(row), 0);
    return whole === 0
      ? null
      : Math.round(seen.reduce((total, row) => total + (value(row) ?? 0) * weight(row), 0) / whole);
  };
  return {
    ...{ machines: sum((row) => row.machines), seen: sum((row) => row.seen) },
    ...{ vcpu: sum((row) => row.vcpu), memoryMib: sum((row) => row.memoryMib) },
    ...{ seenVcpu: sum((row) => row.seenVcpu), seenMemoryMib: sum((row) => row.seenMemoryMib) },
    cpuMean: mean(
      (row) => row.cpuMean,
      (row) => row.seenVcpu,
    ),
    memoryMean: mean(
      (row) => row.memoryMean,
      (row) => row.seenMemoryMib,
    ),
    ...{ idle: sum((row) => row.idle), idleFen: fen((row) => row.idleFen) },
    ...{ oversized: sum((row) => row.oversized), oversizedFen: fen((row) => row.oversizedFen) },
  };
}

export const USE_ORDERS = ['SAVING', 'CPU'] as const;
export type UseOrder = (typeof USE_ORDERS)[number];

type Ordered = UseSum & { readonly departmentId: string };

/** Where most could be saved first, or where least is used; what is unknown comes last. */
export function inUseOrder<R extends Ordered>(rows: readonly R[], order: UseOrder): R[] {
  const saving = (row: R) => row.idleFen + row.oversizedFen;
  const byId = (a: R, b: R) => (a.departmentId < b.departmentId ? -1 : 1);
  return rows.toSorted((a, b) => {
    if (order === 'SAVING') return saving(a) === saving(b) ? byId(a, b) : saving(a) > saving(b) ? -1 : 1;
    return (a.cpuMean ?? Number.POSITIVE_INFINITY) - (b.cpuMean ?? Number.POSITIVE_INFINITY) || byId(a, b);
  });
}
