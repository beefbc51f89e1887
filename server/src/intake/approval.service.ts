import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { Notices } from '../platform/notices/notices.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
import { LineTerms } from '../requests/line-terms.service.js';
import type { TakenInThing } from '../requests/line-terms.types.js';
import { AddressIntake } from './address-intake.service.js';
import { wasDecided } from './domain/intake-notice.js';
import { quotaAmountsOf } from './domain/intake-quota.js';
import { decideIntake } from './domain/intake-state.js';
import { IntakeRepository } from './intake.repository.js';
import { type Answer, type IntakeActWish, unknownIntake } from './intake.service.js';
import { type Became, type IntakeBatchRow, type IntakeItemRow, ofKind } from './intake.types.js';
import { IntakeQuotas } from './intake-quotas.service.js';
import { MachineIntake } from './machine-intake.service.js';
import { OpenDepartments } from './open-departments.service.js';
import { ServerEntries } from './server-entries.service.js';
import { SpaceIntake } from './space-intake.service.js';

/** The approved act by which what already ran enters the books: all of a batch, or nothing. */
@Injectable()
export class IntakeApproval {
  constructor(
    private readonly repository: IntakeRepository,
    private readonly machines: MachineIntake,
    private readonly servers: ServerEntries,
    private readonly spaces: SpaceIntake,
    private readonly addresses: AddressIntake,
    private readonly quotas: IntakeQuotas,
    private readonly terms: LineTerms,
    private readonly departments: OpenDepartments,
    private readonly acts: Acts,
    private readonly notices: Notices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Refusals: what decideIntake says, prices that are missing, objects, servers and addresses that are others', shortages of pools, quotas and cabinets with their figures. */
  async approve(viewer: Viewer, wish: IntakeActWish): Answer {
    const items = wish.id === undefined ? [] : await this.repository.itemsOf(wish.id);
    const machines = ofKind(items, 'MACHINE');
    const owners = await this.quotas.ownersOf(items, 'OPENING');
    const prices = await this.machines.pricesOf(machines);
    const codes = await this.machines.codesFor(machines, this.clock.now());
    const placed = await this.addresses.placed(ofKind(items, 'ADDRESS'), machines);
    return this.acts.perform(
      { name: 'intake.approve', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const batch = wish.id === undefined ? null : await this.repository.locked(tx, wish.id);
        if (!batch) return refuse([unknownIntake()]);
        const to = decideIntake(viewer.userId, batch, 'APPROVE', wish);
        if (!to.ok) return to;
        // Servers before departments, as everywhere; all else after them.
        await this.servers.lock(tx, ofKind(items, 'SERVER'));
        const objections = [
          ...(await this.departments.objections(tx, items, 'KEPT')),
          ...(await this.machines.objections(tx, machines, owners, prices)),
          ...(await this.quotas.fit(items, owners, tx)).shortages,
        ];
        if (objections.length > 0) return refuse(objections);
        const servers = await this.servers.takeIn(tx, batch, ofKind(items, 'SERVER'), viewer.name);
        if (!servers.ok) return servers;
        const spaces = await this.spaces.takeIn(tx, ofKind(items, 'SPACE'));
        if (!spaces.ok) return spaces;
        const takings = await this.quotas.take(tx, takersOf(items, servers.value, spaces.value), owners);
        const entries = machines.map((_, at) => ({ code: codes[at] as string, monthlyFen: prices[at] as bigint }));
        const { became, takeLast } = await this.machines.takeIn(
          tx,
          batch,
          machines,
          owners,
          entries,
          viewer.name,
          takings,
        );
        const resources = new Map(became.map((one) => [one.itemId, one.becameId]));
        const addresses = await this.addresses.takeIn(tx, batch, placed, resources, viewer.name);
        if (!addresses.ok) return addresses;
        await this.terms.beginTakenIn(tx, takenInOf(batch, items, [...servers.value, ...spaces.value]));
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
              machines: codes,
              servers: servers.value.length,
              spaces: spaces.value.length,
              addresses: placed.length,
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
}

/** As machines: long-term, with a review a year from the approval, for whoever approves has looked at it. */
function takenInOf(batch: IntakeBatchRow, items: readonly IntakeItemRow[], became: readonly Became[]): TakenInThing[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return became.flatMap(({ itemId, becameId }): TakenInThing[] => {
    const item = byId.get(itemId);
    if (!item) return [];
    const { departmentId, name, systemId } = item;
    const kind = item.content.kind === 'SERVER' ? 'SERVER' : 'CABINET';
    const of = { itemId, batchId: batch.id, batchCode: batch.code, subjectId: becameId };
    return [{ ...of, departmentId, systemId, kind, name }];
  });
}

/** Servers, and places as far as these take anything: not in a cabinet that has taken all of it for its department. */
function takersOf(
  items: readonly IntakeItemRow[],
  servers: readonly Became[],
  spaces: readonly (Became & { readonly takes: SomeAmounts | null })[],
) {
  const byId = new Map(items.map((item) => [item.id, item]));
  const takes = new Map(spaces.map((one) => [one.itemId, one.takes]));
  return [...servers, ...spaces].flatMap(({ itemId, becameId }) => {
    const item = byId.get(itemId);
    const amounts = item && (item.content.kind === 'SPACE' ? takes.get(itemId) : quotaAmountsOf(item.content));
    return item && amounts ? [{ item, subjectId: becameId, amounts }] : [];
  });
}
