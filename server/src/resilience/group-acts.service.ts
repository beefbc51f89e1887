import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { reaches, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type StandingMachine, SystemSites } from '../resources/system-sites.service.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import {
  invalid,
  MEMBERS_MAX,
  occupied,
  type Targets,
  unknown,
  wrongName,
  wrongPartyName,
  wrongReason,
  wrongTargets,
  wrongVersion,
} from './domain/dr-refusals.js';
import { auditOf, saidOf, targetsOf, valuesOf } from './group-audit.js';
import { GroupForming } from './group-forming.service.js';
import { GroupsRepository } from './groups.repository.js';
import { GroupOccupations } from './occupations.service.js';
import type { GroupRow, TierRow, TierWish } from './resilience.types.js';

type Answer = Promise<Result<{ groupId: string }, readonly Refusal[]>>;
interface Wish {
  readonly idempotencyKey: string;
}
interface Versioned extends Wish {
  readonly expectedVersion: number;
}

export interface ComposeWish extends Wish, TierWish {
  readonly systemId: string | undefined;
  readonly name: string;
  readonly resourceIds: readonly (string | undefined)[];
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
}

/** What people say of groups: tiers of what no request made, whose affair a tier is, and what is promised. */
@Injectable()
export class GroupActs {
  constructor(
    private readonly repository: GroupsRepository,
    private readonly forming: GroupForming,
    private readonly sites: SystemSites,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
    private readonly occupations: GroupOccupations,
  ) {}

  /** Machines of one system become a tier; of a tier that formed by itself they are no part any more. */
  async compose(viewer: Viewer, scope: TenantScope, wish: ComposeWish): Answer {
    const { idempotencyKey, ...input } = wish;
    const [system] = wish.systemId === undefined ? [] : await this.systems.systems([wish.systemId]);
    const inReach =
      system && reaches(scope, { departmentId: system.departmentId, systemId: system.id }) ? system : null;
    const machines = inReach ? await this.sites.standing([inReach.id]) : [];
    const centers = await this.facilities.centers();
    return this.acts.perform({ name: 'drTier.compose', actor: viewer, idempotencyKey, input }, async (tx) => {
      if (!inReach) return refuse([unknown('systemId')]);
      const chosen = machines.filter(({ id }) => wish.resourceIds.includes(id));
      const taken = await this.repository.members(tx);
      const wrong = [...wrongName(wish.name), ...wrongPartyName(wish.partyName), ...wrongMembers(wish, chosen, taken)];
      if (wrong.length > 0) return refuse(wrong);
      const { departmentId, id: systemId, localMode, name, remoteMode } = inReach;
      const group =
        (await this.repository.ofSystem(tx, systemId)) ??
        (await this.begin(tx, { systemId, departmentId, name, localMode, remoteMode }));
      if (await this.occupations.isTaken(tx, group.id)) return refuse([occupied()]);
      const tier = composedTier(tx, group.id, wish);
      await this.repository.insertTier(tx, tier);
      await this.repository.addMembers(
        tx,
        tier.id,
        chosen.map(({ id }) => id),
      );
      await this.forming.place(tx, tier, chosen, centers);
      return ok({
        value: { groupId: group.id },
        audit: {
          ...auditOf(group),
          summary: say(`为 ${name} 组建容灾层 ${tier.name}`, `Compose the DR tier ${tier.name} of ${name}`),
          before: null,
          after: { tier: tier.name, machines: chosen.map((one) => one.name), ...saidOf(tier) },
        },
      });
    });
  }

  async edit(viewer: Viewer, scope: TenantScope, wish: Versioned & TierWish & { tierId: string | undefined }): Answer {
    const centers = await this.facilities.centers();
    return this.ofTier('drTier.edit', viewer, scope, wish, async (tx, group, tier) => {
      const wrong = wrongPartyName(wish.partyName);
      if (wrong.length > 0) return refuse(wrong);
      const values = valuesOf(wish);
      if (!(await this.repository.updateTier(tx, tier, values))) return refuse([unknown('id')]);
      // What another source told of it is nobody's any more, and would only grow old.
      if (values.source !== tier.source) await this.repository.removeSignals(tx, tier.id);
      // Stateless has no data that anybody writes; what holds data again is placed anew.
      if (values.dataKind !== tier.dataKind) {
        await this.repository.removeDataSets(tx, tier.id);
        const byHand = await this.repository.members(tx);
        const own = this.machinesOf(wish.tierId as string, tier, await this.standingIn(tx, group.systemId), byHand);
        await this.forming.place(tx, { ...tier, ...values }, own, centers);
      }
      return ok({
        value: { groupId: group.id },
        audit: {
          ...auditOf(group),
          summary: say(`修改 ${group.name} 的容灾层 ${tier.name}`, `Edit the DR tier ${tier.name} of ${group.name}`),
          before: saidOf(tier),
          after: saidOf({ ...tier, ...values }),
        },
      });
    });
  }

  /** Its machines are of their lines again. */
  dissolve(
    viewer: Viewer,
    scope: TenantScope,
    wish: Versioned & { tierId: string | undefined; reason: string },
  ): Answer {
    return this.ofTier('drTier.dissolve', viewer, scope, wish, async (tx, group, tier) => {
      const wrong = wrongReason(wish.reason);
      if (wrong.length > 0) return refuse(wrong);
      if (tier.origin === 'FORMED')
        return refuse([
          invalid(
            'id',
            'FORMED',
            '由申请形成的层随资源存续，不能撤销',
            'What formed of a request stays as long as its machines',
          ),
        ]);
      await this.repository.removeTier(tx, tier.id);
      return ok({
        value: { groupId: group.id },
        audit: {
          ...auditOf(group),
          summary: say(
            `撤销 ${group.name} 的容灾层 ${tier.name}`,
            `Dissolve the DR tier ${tier.name} of ${group.name}`,
          ),
          before: saidOf(tier),
          after: { reason: wish.reason.trim() },
        },
      });
    });
  }

  /** What is promised, and how the seven elements were assessed. */
  setTargets(
    viewer: Viewer,
    scope: TenantScope,
    wish: Versioned & { groupId: string | undefined; targets: Targets; reason: string },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'drGroup.setTargets', actor: viewer, idempotencyKey, input }, async (tx) => {
      const group = await this.repository.locked(tx, scope, wish.groupId);
      if (!group) return refuse([unknown('id')]);
      const stopped = wrongVersion(wish.expectedVersion, group.version);
      if (stopped) return refuse([stopped]);
      const wrong = [...wrongTargets(wish.targets), ...wrongReason(wish.reason)];
      if (wrong.length > 0) return refuse(wrong);
      const { level, ...targets } = wish.targets;
      const values = { targetLevel: level, ...targets };
      await this.repository.update(tx, group, values);
      return ok({
        value: { groupId: group.id },
        audit: {
          ...auditOf(group),
          summary: say(`设定 ${group.name} 的容灾目标`, `Set the DR targets of ${group.name}`),
          before: targetsOf(group),
          after: { ...targetsOf({ ...group, ...values }), reason: wish.reason.trim() },
        },
      });
    });
  }

  private async ofTier(
    name: string,
    viewer: Viewer,
    scope: TenantScope,
    wish: Versioned & { readonly tierId: string | undefined },
    work: (tx: Tx, group: GroupRow, tier: TierRow) => ReturnType<Parameters<Acts['perform']>[1]>,
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    const groupId = await this.repository.groupOfTier(wish.tierId);
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input: { ...input } }, async (tx) => {
      const group = await this.repository.locked(tx, scope, groupId);
      const tier = group && (await this.repository.tier(tx, wish.tierId as string));
      if (!group || !tier) return refuse([unknown('id')]);
      const stopped =
        wrongVersion(wish.expectedVersion, tier.version) ??
        ((await this.occupations.isTaken(tx, group.id)) ? occupied() : null);
      return stopped ? refuse([stopped]) : work(tx, group, tier);
    }) as Answer;
  }

  private standingIn(tx: Tx, systemId: string): Promise<StandingMachine[]> {
    return this.sites.standing([systemId], tx);
  }

  private machinesOf(
    tierId: string,
    tier: TierRow,
    machines: readonly StandingMachine[],
    byHand: ReadonlyMap<string, string>,
  ): StandingMachine[] {
    return machines.filter(({ id, lineId }) => (byHand.get(id) ?? (lineId === tier.lineId ? tierId : null)) === tierId);
  }

  private begin(tx: Tx, of: Parameters<GroupForming['beginWith']>[1]): Promise<GroupRow> {
    return this.forming.beginWith(tx, of);
  }
}

function wrongMembers(
  wish: ComposeWish,
  chosen: readonly StandingMachine[],
  taken: ReadonlyMap<string, string>,
): Refusal[] {
  if (wish.resourceIds.length === 0 || wish.resourceIds.length > MEMBERS_MAX)
    return [
      invalid('resourceIds', 'count', `请选择 1 至 ${MEMBERS_MAX} 台资源`, `Choose 1 to ${MEMBERS_MAX} machines`),
    ];
  if (chosen.length < new Set(wish.resourceIds).size) return [unknown('resourceIds')];
  if (chosen.some(({ id }) => taken.has(id)))
    return [invalid('resourceIds', 'TAKEN', '有资源已在另一个层中', 'One of them is in another tier already')];
  return [];
}

function composedTier(tx: Tx, groupId: string, wish: ComposeWish): TierRow {
  const { dataKind, layer, localMode, name, party, partyName, remoteMode, source } = wish;
  return {
    ...{ id: newId(tx.now.getTime()), groupId, lineId: null, name: name.trim(), origin: 'COMPOSED' as const },
    ...{ layer, dataKind, source, party, partyName: partyName?.trim() || null, localMode, remoteMode },
    ...{ createdAt: tx.now, version: 1 },
  };
}
