import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { SpaceService } from '../cabinets/space.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import type { FitRow } from '../quotas/domain/quota.js';
import { ServerIntakeService } from '../servers/server-intake.service.js';
import { AddressIntake } from './address-intake.service.js';
import { wasDecided } from './domain/intake-notice.js';
import { type IntakeContent, type IntakeKind, usageFrom } from './domain/intake-item.js';
import { decideIntake } from './domain/intake-state.js';
import { IntakeRepository } from './intake.repository.js';
import { type Answer, type IntakeActWish, unknownIntake } from './intake.service.js';
import type { Became, IntakeBatchRow, IntakeItemRow } from './intake.types.js';
import { IntakeQuotas } from './intake-quotas.service.js';
import { MachineIntake } from './machine-intake.service.js';

type ItemOf<K extends IntakeKind> = IntakeItemRow & { readonly content: IntakeContent & { readonly kind: K } };

/** The approved act by which what already ran enters the books: all of a batch, or nothing. */
@Injectable()
export class IntakeApproval {
  constructor(
    private readonly repository: IntakeRepository,
    private readonly machines: MachineIntake,
    private readonly servers: ServerIntakeService,
    private readonly space: SpaceService,
    private readonly addresses: AddressIntake,
    private readonly quotas: IntakeQuotas,
    private readonly acts: Acts,
    private readonly notices: Notices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Refusals: what decideIntake says, shortages of pools, quotas and cabinets with their figures, servers that moved on, addresses that others have. */
  async approve(viewer: Viewer, wish: IntakeActWish): Answer {
    const items = wish.id === undefined ? [] : await this.repository.itemsOf(wish.id);
    const machines = ofKind(items, 'MACHINE');
    const owners = await this.quotas.ownersOf(items, 'OPENING');
    const entries = await this.machines.entriesFor(machines, this.clock.now());
    return this.acts.perform(
      { name: 'intake.approve', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const batch = wish.id === undefined ? null : await this.repository.locked(tx, wish.id);
        if (!batch) return refuse([unknownIntake()]);
        const to = decideIntake(viewer.userId, batch, 'APPROVE', wish);
        if (!to.ok) return to;
        const objections = [
          ...(await this.machines.objections(tx, machines, owners)),
          ...(await this.quotas.fit(items, owners, tx)).shortages,
        ];
        if (objections.length > 0) return refuse(objections);
        const servers = await this.takeServers(tx, batch, items, viewer.name);
        if (!servers.ok) return servers;
        const spaces = await this.takeSpaces(tx, items);
        if (!spaces.ok) return spaces;
        const addresses = await this.addresses.takeIn(tx, batch, ofKind(items, 'ADDRESS'), viewer.name);
        if (!addresses.ok) return addresses;
        const byId = new Map(items.map((item) => [item.id, item]));
        const takings = await this.quotas.take(
          tx,
          [...servers.value, ...spaces.value].map((one) => ({
            item: byId.get(one.itemId) as IntakeItemRow,
            subjectId: one.becameId,
          })),
          owners,
        );
        const { became, takeLast } = await this.machines.takeIn(
          tx,
          batch,
          machines,
          owners,
          entries,
          viewer.name,
          takings,
        );
        await this.repository.became(tx, [...became, ...servers.value, ...spaces.value, ...addresses.value]);
        await this.repository.update(tx, batch.id, {
          state: to.value,
          version: batch.version + 1,
          decidedById: viewer.userId,
          decidedByName: viewer.name,
          decidedAt: tx.now,
          opinion: wish.opinion?.trim() || null,
        });
        await this.notices.tell(tx, wasDecided(batch, 'APPROVE'));
        return ok({
          value: { id: batch.id },
          audit: {
            objectType: 'IntakeBatch',
            objectId: batch.id,
            departmentId: null,
            summary: say(
              `批准纳管批次 ${batch.code}，${items.length} 项入账`,
              `Approved intake ${batch.code}: ${items.length} entries are in the books`,
            ),
            before: { state: batch.state },
            after: {
              state: to.value,
              machines: entries.map((entry) => entry.code),
              servers: servers.value.length,
              spaces: spaces.value.length,
              addresses: addresses.value.length,
            },
          },
          last: async () => {
            await takeLast();
            return ok(undefined);
          },
        });
      },
    );
  }

  /** Every limited quota that the batch asks, as things are now; the same question that approval asks again. */
  async quotaFit(batchId: string): Promise<readonly FitRow[]> {
    const items = await this.repository.itemsOf(batchId);
    return (await this.quotas.fit(items, await this.quotas.ownersOf(items, 'LOOKING'))).rows;
  }

  private async takeServers(
    tx: Tx,
    batch: IntakeBatchRow,
    items: readonly IntakeItemRow[],
    actorName: string,
  ): Promise<Result<Became[], readonly Refusal[]>> {
    const servers = ofKind(items, 'SERVER');
    if (servers.length === 0) return ok([]);
    const taken = await this.servers.takeIn(
      tx,
      servers.map(({ content: { serverId, assetNumber }, departmentId, systemId, ...item }) => ({
        ...{ serverId, assetNumber, departmentId, systemId },
        usedSince: usageFrom(item.startedOn),
        sourcePlatform: item.sourcePlatform,
        path: ['items', String(item.position)],
      })),
      batch.code,
      actorName,
    );
    if (!taken.ok) return taken;
    return ok(servers.map((item) => ({ itemId: item.id, becameId: item.content.serverId })));
  }

  /** Where a department's own devices stand: occupied, drawing and weighing what they do. */
  private async takeSpaces(tx: Tx, items: readonly IntakeItemRow[]): Promise<Result<Became[], readonly Refusal[]>> {
    const spaces = ofKind(items, 'SPACE');
    if (spaces.length === 0) return ok([]);
    const placed = await this.space.placeAll(
      tx,
      spaces.map(({ content, ...item }) => ({
        where: { cabinetId: content.cabinetId, startUnit: content.startUnit },
        heightHalfUnits: content.heightHalfUnits,
        face: content.face,
        powerW: content.powerW,
        weightGrams: content.weightGrams,
        label: item.name,
        kind: 'INTAKE' as const,
        state: 'OCCUPIED' as const,
        departmentId: item.departmentId,
        subjectId: item.id,
        usedSince: usageFrom(item.startedOn),
        sourcePlatform: item.sourcePlatform,
        path: ['items', String(item.position)],
      })),
    );
    if (!placed.ok) return placed;
    return ok(placed.value.map((place, at) => ({ itemId: spaces[at]?.id as string, becameId: place.holderId })));
  }
}

function ofKind<K extends IntakeKind>(items: readonly IntakeItemRow[], kind: K): ItemOf<K>[] {
  return items.filter((item): item is ItemOf<K> => item.content.kind === kind);
}
