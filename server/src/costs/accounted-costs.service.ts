import { Injectable } from '@nestjs/common';
import { type Month, spanOfMonth } from '../accounting/domain/accounting-units.js';
import type { Fen } from '../kernel/money.js';
import type { TenantScope } from '../kernel/viewer.js';
import { CostsRepository } from './costs.repository.js';

/** What use in one center came to in one month. A city's accounts are its own and stand beside the province's. */
export interface AccountedInCenter {
  readonly month: Month;
  /** null = of no center of the console. */
  readonly centerId: string | null;
  readonly accounted: Fen;
  readonly cities: Fen;
  /** vCPU × seconds in use, of all. */
  readonly vcpuSeconds: bigint;
  readonly secondsOfMonth: bigint;
}

export interface AccountedInDepartment {
  readonly departmentId: string;
  readonly amount: Fen;
  /** Its accounts are a city's. */
  readonly city: boolean;
}

/**
 * The one place that others ask what use cost by center and month: what was closed and corrected, else what is drafted. It
 * is read from the sums that are kept, never from a year's lines.
 */
@Injectable()
export class AccountedCosts {
  constructor(private readonly repository: CostsRepository) {}

  /** Months from the one to the other, both included. */
  async byCenter(scope: TenantScope, first: Month, last: Month): Promise<AccountedInCenter[]> {
    const [used, seconds] = await Promise.all([
      this.repository.used(scope, first, last),
      this.repository.vcpuSeconds(scope, first, last),
    ]);
    const keyOf = ({ centerId, month }: { readonly centerId: string | null; readonly month: Month }) =>
      `${month} ${centerId}`;
    const bySeconds = new Map(seconds.map((one) => [keyOf(one), one.vcpuSeconds]));
    return [...Map.groupBy(used, keyOf)].map(([key, some]) => {
      const [{ centerId, month }] = some as [(typeof some)[number]];
      const span = spanOfMonth(month);
      const sum = (ofCity: boolean): Fen =>
        some.reduce((total, { amount, city }) => total + (city === ofCity ? amount : 0n), 0n);
      return {
        ...{ month, centerId, accounted: sum(false), cities: sum(true) },
        vcpuSeconds: bySeconds.get(key) ?? 0n,
        secondsOfMonth: BigInt((span.to - span.from) / 1_000),
      };
    });
  }

  /** What one of these figures is made of, the dearest first: each has its statement with every line. */
  async byDepartment(scope: TenantScope, month: Month, centerId: string | null): Promise<AccountedInDepartment[]> {
    const used = await this.repository.used(scope, month, month);
    return used
      .filter((one) => one.centerId === centerId)
      .map(({ amount, city, departmentId }) => ({ amount, departmentId, city }))
      .toSorted((a, b) =>
        a.amount === b.amount ? (a.departmentId < b.departmentId ? -1 : 1) : a.amount > b.amount ? -1 : 1,
      );
  }
}
