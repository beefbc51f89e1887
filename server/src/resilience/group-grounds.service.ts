import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { awaitedRole, isOwed } from '../drdebts/domain/debt-state.js';
import { DrDebts } from '../drdebts/drdebts.service.js';
import type { CenterRole } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { type StandingMachine, SystemSites } from '../resources/system-sites.service.js';
import { Backups } from '../workorders/backups.service.js';
import type { Member, TierFacts } from './domain/dr-words.js';
import { GroupsRepository } from './groups.repository.js';
import { LinksRepository } from './links.repository.js';
import { GroupOccupations } from './occupations.service.js';
import { ProbesRepository } from './probes.repository.js';
import type { LoadedGroup, TierRow } from './resilience.types.js';

export interface Loaded {
  readonly groups: readonly LoadedGroup[];
  /** Every machine of theirs, as the clusters name it. */
  readonly machines: readonly StandingMachine[];
}

/** What groups are judged by, loaded by a number of statements that does not grow with them. */
@Injectable()
export class GroupGrounds {
  constructor(
    private readonly repository: GroupsRepository,
    private readonly probes: ProbesRepository,
    private readonly sites: SystemSites,
    private readonly facilities: FacilitiesService,
    private readonly allocation: AllocationService,
    private readonly debts: DrDebts,
    private readonly occupations: GroupOccupations,
    private readonly links: LinksRepository,
    private readonly backups: Backups,
  ) {}

  /** Of these groups, or of all. Callers have been let see them. */
  async load(ids: readonly string[] | null): Promise<Loaded> {
    const groups = await this.repository.groups(ids);
    const groupIds = groups.map(({ id }) => id);
    const [tiers, machines, centers, byHand, probes, blocked, links, proofs] = await Promise.all([
      this.repository.tiers(ids === null ? null : groupIds),
      this.sites.standing(ids === null ? null : groups.map(({ systemId }) => systemId)),
      this.facilities.centers(),
      this.repository.members(),
      this.probes.names(),
      this.occupations.blocked(),
      this.links.all(),
      this.backups.proofsOf(groups.map(({ systemId }) => systemId)),
    ]);
    const lineIds = [...new Set(machines.map(({ lineId }) => lineId))];
    const [dataOf, debts] = await Promise.all([
      // Of the whole province nothing is asked by lists of thousands.
      this.allocation.dataSharesOfLines(ids === null ? null : lineIds),
      ids === null ? this.debts.owed() : this.debts.ofLines(lineIds).then((rows) => rows.flat()),
    ]);
    const owedOf = new Map<string, CenterRole[]>();
    for (const { lineId, share, state } of debts)
      if (isOwed(state)) owedOf.set(lineId, [...(owedOf.get(lineId) ?? []), awaitedRole(share)]);
    const pairIsAsync = links.some(({ mode, promisedMode }) => promisedMode === 'SYNC' && mode === 'ASYNC');
    const roleOf = new Map(centers.map(({ id, role }) => [id, role]));
    const tierOf = tierOfMachine(tiers, byHand);
    const ofTiers = Map.groupBy(machines, (machine) => tierOf(machine) ?? '');
    const ofGroups = Map.groupBy(tiers, ({ groupId }) => groupId);
    const probesOf = Map.groupBy(probes, ({ tierId }) => tierId);
    return {
      machines,
      groups: groups.map((row): LoadedGroup => {
        const own = ofGroups.get(row.id) ?? [];
        const { id, localMode, remoteMode, rpoSeconds } = row;
        const facts = own.map((tier) => factsOf(tier, ofTiers.get(tier.id) ?? [], roleOf, dataOf, owedOf));
        const asked = own.flatMap((tier) => probesOf.get(tier.id) ?? []);
        const group = { id, localMode, remoteMode, rpoSeconds, tiers: facts, probes: asked };
        const proved = { drilledAt: row.drilledAt, kept: proofs.get(row.systemId) ?? null };
        return { row, tiers: own, facts: { ...group, ...proved, isBlocked: blocked.has(id), pairIsAsync } };
      }),
    };
  }

  /** One page's groups at once, for a loader. */
  readonly ofGroups = async (ids: readonly string[]): Promise<(LoadedGroup | null)[]> => {
    const { groups } = await this.load(ids);
    const byId = new Map(groups.map((group) => [group.row.id, group]));
    return ids.map((id) => byId.get(id) ?? null);
  };
}

/** By hand goes before by line. */
export function tierOfMachine(
  tiers: readonly TierRow[],
  byHand: ReadonlyMap<string, string>,
): (machine: Pick<StandingMachine, 'id' | 'lineId'>) => string | undefined {
  const byLine = new Map(tiers.flatMap(({ id, lineId }) => (lineId === null ? [] : [[lineId, id] as const])));
  return ({ id, lineId }) => byHand.get(id) ?? byLine.get(lineId);
}

function factsOf(
  tier: TierRow,
  machines: readonly StandingMachine[],
  roleOf: ReadonlyMap<string, CenterRole>,
  dataOf: ReadonlyMap<string, number>,
  owedOf: ReadonlyMap<string, readonly CenterRole[]>,
): TierFacts {
  const members = machines.flatMap((machine): Member[] => {
    const role = roleOf.get(machine.centerId);
    if (role === undefined) return [];
    const { centerId, madeFrom, memoryMib, standby, there, vcpu } = machine;
    return [{ resourceId: machine.id, role, ...{ centerId, madeFrom, memoryMib, standby, there, vcpu } }];
  });
  const lineIds = [...new Set(machines.map(({ lineId }) => lineId))];
  const { dataKind, id, localMode, name, remoteMode, source } = tier;
  return {
    ...{ id, name, dataKind, source, localMode, remoteMode, members },
    dataShares: lineIds.reduce((sum, lineId) => sum + (dataOf.get(lineId) ?? 0), 0),
    owed: [...new Set(lineIds.flatMap((lineId) => owedOf.get(lineId) ?? []))],
  };
}
