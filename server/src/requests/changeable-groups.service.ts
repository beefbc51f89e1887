import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import type { Claim } from '../allocation/domain/claim.js';
import { modesOf } from '../allocation/domain/dr-change.js';
import { isOwed } from '../drdebts/domain/debt-state.js';
import { DrDebts } from '../drdebts/drdebts.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { reaches, type TenantScope } from '../kernel/viewer.js';
import { changeOpen } from '../resources/domain/release.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { notFromRequest } from './change-refusals.js';
import { objections } from './domain/change.js';
import { RequestsRepository } from './requests.repository.js';

/** Resources of one line that are changed together. */
export interface ChangeableGroup {
  readonly name: string;
  readonly rows: readonly ResourceRow[];
  readonly whole: boolean;
  /** Machines that the line has: all of them change where a mode does. */
  readonly siblings: number;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  /** 容灾欠账: its modes stay as they are until that is settled or waived. */
  readonly owesShare: boolean;
  /** Why they cannot be changed now. */
  readonly refusals: readonly Refusal[];
}

/** What of machines can be changed, as the form begins with it. */
@Injectable()
export class ChangeableGroups {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly resources: ResourcesService,
    private readonly allocation: AllocationService,
    private readonly debts: DrDebts,
  ) {}

  /** Line by line what can be changed together: of a line that has shares all of it. Nothing is asked of what they shall be. */
  async groups(scope: TenantScope, resourceIds: readonly string[]): Promise<ChangeableGroup[]> {
    const found = (await this.resources.rows(resourceIds)).flatMap((row) => (row && reaches(scope, row) ? row : []));
    const lineIds = [...new Set(found.map(({ lineId }) => lineId))];
    const [siblings, claims, lines, debts] = await Promise.all([
      this.resources.ofLines(lineIds),
      this.allocation.allocatedOfLines(lineIds),
      this.repository.linesByIds(lineIds),
      this.debts.ofLines(lineIds),
    ]);
    return lineIds.map((lineId, index): ChangeableGroup => {
      const all = siblings.filter((row) => row.lineId === lineId);
      const own = claims.filter((claim) => claim.lineId === lineId);
      const owed = (debts[index] ?? []).filter(({ state }) => isOwed(state));
      const whole = isWhole(all, own) || owed.length > 0;
      const named = found.filter((row) => row.lineId === lineId);
      const rows = whole ? all : named;
      const line = lines.find(({ id }) => id === lineId);
      const refusals = [
        ...(line ? [] : named.slice(0, 1).map((row) => notFromRequest(index, row))),
        ...objections(rows, index, null, changeOpen),
      ];
      return {
        ...{ rows, whole, refusals, siblings: all.length },
        name: line?.name ?? named[0]?.name ?? '',
        owesShare: owed.length > 0,
        ...modesOf([...own, ...owed]),
      };
    });
  }
}

/** A line with several shares: its standby compute is a part of all of it, and its data is as big as its machines, so that it changes as one. */
export function isWhole(machines: readonly ResourceRow[], claims: readonly Claim[]): boolean {
  return (
    new Set(machines.map(({ centerId }) => centerId)).size > 1 || claims.some(({ standing }) => standing !== 'RUNNING')
  );
}
