import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { modesOf } from '../allocation/domain/dr-change.js';
import { isOwed } from '../drdebts/domain/debt-state.js';
import { DrDebts } from '../drdebts/drdebts.service.js';
import type { Center } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { newId } from '../platform/database/ids.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { type StandingMachine, SystemSites } from '../resources/system-sites.service.js';
import type { GovernmentSystem, LocalMode, RemoteMode } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { linksOf } from './domain/dr-link.js';
import { strongestModes } from './domain/dr-words.js';
import { dataPlaces, tierName } from './domain/form-tiers.js';
import { tierOfMachine } from './group-grounds.service.js';
import { GroupsRepository } from './groups.repository.js';
import { LinksRepository } from './links.repository.js';
import type { GroupRow, TierRow } from './resilience.types.js';

interface Modes {
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
}

/** Both editions are there from the first migration on; a new group is assessed by the newest. */
const NEWEST_EDITION = 2;

/**
 * Groups form by themselves: of every system that is registered with a DR mode, or was granted one, and has machines. Nothing
 * that a person said of a group or a tier is written over; what has no machine left goes.
 */
@Injectable()
export class GroupForming {
  constructor(
    private readonly repository: GroupsRepository,
    private readonly links: LinksRepository,
    private readonly sites: SystemSites,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly allocation: AllocationService,
    private readonly debts: DrDebts,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Each system in a transaction of its own, and only where something of it differs. Gives how many were written. */
  async run(): Promise<number> {
    const centers = await this.facilities.centers();
    await this.formLinks(centers);
    const [machines, shared, owed, groups, tiers, byHand] = await Promise.all([
      this.sites.standing(null),
      this.allocation.linesWithShares(),
      this.debts.linesOwed(),
      this.repository.groups(null),
      this.repository.tiers(null),
      this.repository.members(),
    ]);
    const moded = new Set([...shared, ...owed]);
    const ofSystems = Map.groupBy(machines, ({ systemId }) => systemId);
    const systems = await this.systems.systems([...ofSystems.keys()]);
    const tierOf = tierOfMachine(tiers, byHand);
    const modes = await this.modesOfLines([...moded]);
    let written = 0;
    const seen = new Set<string>();
    for (const system of systems) {
      const own = (system && ofSystems.get(system.id)) ?? [];
      const group = groups.find(({ systemId }) => systemId === system?.id);
      if (!system || !(group || isRegistered(system) || own.some(({ lineId }) => moded.has(lineId)))) continue;
      seen.add(system.id);
      const known = tiers.filter(({ groupId }) => groupId === group?.id);
      const lines = Map.groupBy(
        own.filter((machine) => !byHand.has(machine.id)),
        ({ lineId }) => lineId,
      );
      const plan = { system, group, known, lines, modes, centers, own, tierOf };
      if (differs(plan)) {
        await this.unitOfWork.run((tx) => this.form(tx, plan));
        written += 1;
      }
    }
    for (const group of groups.filter(({ systemId }) => !seen.has(systemId)))
      written += await this.fade(
        group,
        tiers.filter(({ groupId }) => groupId === group.id),
      );
    return written;
  }

  private async modesOfLines(lineIds: readonly string[]): Promise<ReadonlyMap<string, Modes>> {
    const [claims, debts] = await Promise.all([this.allocation.allocatedOfLines(lineIds), this.debts.ofLines(lineIds)]);
    const ofLines = Map.groupBy(claims, ({ lineId }) => lineId);
    return new Map(
      lineIds.map((lineId, at) => [
        lineId,
        modesOf([...(ofLines.get(lineId) ?? []), ...(debts[at] ?? []).filter(({ state }) => isOwed(state))]),
      ]),
    );
  }

  private async form(tx: Tx, plan: Plan): Promise<void> {
    const { lines, modes, system } = plan;
    const group = (await this.repository.ofSystem(tx, system.id)) ?? (await this.begin(tx, plan));
    await this.repository.form(tx, group.id, groupValues(plan));
    const known = new Map((await this.repository.tiers([group.id], tx)).map((tier) => [tier.lineId, tier]));
    for (const [lineId, machines] of lines) {
      const mode = modes.get(lineId) ?? NO_MODE;
      const before = known.get(lineId);
      const tier = before ? { ...before, ...mode } : newTier(tx, group.id, lineId, machines, mode);
      if (before) await this.repository.formTier(tx, before.id, { ...mode, groupId: group.id });
      else await this.repository.insertTier(tx, tier);
      await this.place(tx, tier, machines, plan.centers);
    }
    for (const tier of known.values())
      if (tier.lineId !== null && !lines.has(tier.lineId)) await this.repository.removeTier(tx, tier.id);
  }

  private begin(tx: Tx, plan: Plan): Promise<GroupRow> {
    return this.beginWith(tx, { ...groupValues(plan), systemId: plan.system.id });
  }

  async beginWith(
    tx: Tx,
    of: Pick<GroupRow, 'systemId' | 'departmentId' | 'name' | 'localMode' | 'remoteMode'>,
  ): Promise<GroupRow> {
    const row: GroupRow = {
      ...of,
      id: newId(tx.now.getTime()),
      ...{ targetLevel: null, rtoSeconds: null, rpoSeconds: null, dooSeconds: null, nroSeconds: null },
      elements: {},
      editionNumber: NEWEST_EDITION,
      // Until it is judged nobody knows.
      grade: 'UNKNOWN',
      gradeSince: tx.now,
      reasons: [],
      judgedAt: null,
      drilledAt: null,
      createdAt: tx.now,
      version: 1,
    };
    await this.repository.insert(tx, row);
    return row;
  }

  /** Copies follow the modes; the writer stays who it is: that changes by a switch, and by nothing else. */
  async place(tx: Tx, tier: TierRow, machines: readonly StandingMachine[], centers: readonly Center[]): Promise<void> {
    const places = dataPlaces(tier, machines, centers);
    const sets = await this.repository.dataSets([tier.id], tx);
    if (places.length === 0) return;
    if (sets.length === 0) return this.repository.insertDataSet(tx, tier.id, tier.name, places);
    for (const set of sets) {
      const stands = set.places.map(({ centerId }) => centerId);
      const left = stands.filter((id) => !places.some(({ centerId }) => centerId === id));
      await this.repository.removeCopies(tx, set.id, left);
      await this.repository.addPlaces(
        tx,
        set.id,
        places
          .filter(({ centerId }) => !stands.includes(centerId))
          .map((place) => (place.role === 'WRITER' ? { ...place, role: 'COPY' as const } : place)),
      );
    }
  }

  /** No machine of the system is left: what nobody has said anything of goes with them. */
  private async fade(group: GroupRow, tiers: readonly TierRow[]): Promise<number> {
    const formed = tiers.filter(({ origin }) => origin === 'FORMED');
    const goes = group.version === 1 && formed.length === tiers.length;
    if (formed.length === 0 && !goes) return 0;
    await this.unitOfWork.run(async (tx) => {
      for (const { id } of formed) await this.repository.removeTier(tx, id);
      if (!goes) return;
      await tx.manager.query("delete from dr_signal where subject_kind = 'GROUP' and subject_id = ?", [group.id]);
      await this.repository.remove(tx, group.id);
    });
    return 1;
  }

  private async formLinks(centers: readonly Center[]): Promise<void> {
    const known = await this.links.all();
    const missing = linksOf(centers).filter(
      ({ fromCenterId, toCenterId }) =>
        !known.some((link) => link.fromCenterId === fromCenterId && link.toCenterId === toCenterId),
    );
    if (missing.length > 0) await this.unitOfWork.run((tx) => this.links.add(tx, missing));
  }
}

interface Plan {
  readonly system: GovernmentSystem;
  readonly group: GroupRow | undefined;
  readonly known: readonly TierRow[];
  readonly own: readonly StandingMachine[];
  readonly lines: ReadonlyMap<string, readonly StandingMachine[]>;
  readonly modes: ReadonlyMap<string, Modes>;
  readonly centers: readonly Center[];
  readonly tierOf: (machine: StandingMachine) => string | undefined;
}

const NO_MODE: Modes = { localMode: 'SINGLE', remoteMode: 'NONE' };

const isRegistered = ({ localMode, remoteMode }: Modes) => localMode !== 'SINGLE' || remoteMode !== 'NONE';

/** What is promised: by the system's own record, or by what it was granted beyond that. */
function groupValues({ known, lines, modes, system }: Plan) {
  const granted = [...lines.keys()].map((lineId) => modes.get(lineId) ?? NO_MODE);
  const composed = known.filter(({ origin }) => origin === 'COMPOSED');
  return {
    name: system.name,
    departmentId: system.departmentId,
    ...strongestModes([system, ...granted, ...composed]),
  };
}

function differs(plan: Plan): boolean {
  const { group, known, lines, modes } = plan;
  if (!group) return true;
  const values = groupValues(plan);
  if ((Object.keys(values) as (keyof typeof values)[]).some((key) => values[key] !== group[key])) return true;
  const formed = known.filter(({ lineId }) => lineId !== null);
  if (formed.length !== lines.size) return true;
  return formed.some((tier) => {
    const mode = modes.get(tier.lineId as string) ?? NO_MODE;
    return (
      !lines.has(tier.lineId as string) || tier.localMode !== mode.localMode || tier.remoteMode !== mode.remoteMode
    );
  });
}

function newTier(tx: Tx, groupId: string, lineId: string, machines: readonly StandingMachine[], mode: Modes): TierRow {
  return {
    id: newId(tx.now.getTime()),
    groupId,
    lineId,
    name: tierName(machines),
    origin: 'FORMED',
    // Nobody has said what is on it: it holds data, kept by storage, and is the center's affair until somebody says otherwise.
    ...{ layer: 'STORAGE', dataKind: 'SINGLE_WRITER', source: 'CLUSTER', party: 'CENTER', partyName: null },
    ...mode,
    createdAt: tx.now,
    version: 1,
  };
}
