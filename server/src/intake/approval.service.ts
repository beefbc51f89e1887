import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { SpaceService } from '../cabinets/space.service.js';
import { say } from '../kernel/bilingual.js';
import { startOfDay } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import type { FitRow } from '../quotas/domain/quota.js';
import { ServerIntakeService } from '../servers/server-intake.service.js';
import { AddressIntake } from './address-intake.service.js';
import type { IntakeContent, IntakeKind } from './domain/intake-item.js';
import { wasDecided } from './domain/intake-notice.js';
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
          // What stands in a cabinet that is wholly its department's is in the quotas with the cabinet.
          [...servers.value, ...spaces.value.filter(({ wholly }) => !wholly)].map((one) => ({
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
    const refusals: Refusal[] = [];
    const became: Became[] = [];
    for (const item of ofKind(items, 'SERVER')) {
      const { serverId, assetNumber } = item.content;
      const use = { departmentId: item.departmentId, systemId: item.systemId, poolId: null };
      const reason = say(
        `期初纳管 ${batch.code}，自 ${item.startedOn} 起使用`,
        `Taken in by ${batch.code}, in use since ${item.startedOn}`,
      ).zh;
      if (await this.servers.takeIn(tx, serverId, use, reason, actorName))
        became.push({ itemId: item.id, becameId: serverId });
      else refusals.push(serverMovedOn(item.position, assetNumber));
    }
    return refusals.length > 0 ? refuse(refusals) : ok(became);
  }

  /** Where a department's own devices stand: occupied, drawing and weighing what they do. */
  private async takeSpaces(
    tx: Tx,
    items: readonly IntakeItemRow[],
  ): Promise<Result<(Became & { readonly wholly: boolean })[], readonly Refusal[]>> {
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
        // Its days count from when it really came, not from its approval.
        since: startOfDay(item.startedOn),
        path: ['items', String(item.position)],
      })),
    );
    if (!placed.ok) return placed;
    return ok(
      placed.value.map(({ holderId, wholly }, at) => ({
        itemId: spaces[at]?.id as string,
        becameId: holderId,
        wholly,
      })),
    );
  }
}

function ofKind<K extends IntakeKind>(items: readonly IntakeItemRow[], kind: K): ItemOf<K>[] {
  return items.filter((item): item is ItemOf<K> => item.content.kind === kind);
}

function serverMovedOn(position: number, assetNumber: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['items', String(position)],
    state: 'UNKNOWN',
    action: 'TAKE_IN',
    message: say(
      `服务器 ${assetNumber} 不在“纳管中”，不能作为存量纳管`,
      `Server ${assetNumber} is not being onboarded, so it cannot be taken in`,
    ),
  };
}
