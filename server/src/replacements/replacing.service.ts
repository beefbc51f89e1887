import { Injectable } from '@nestjs/common';
import { ClaimMoves } from '../allocation/claim-moves.service.js';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { AddressesService } from '../networks/addresses.service.js';
import { MachineAddresses } from '../networks/machine-addresses.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { MovedMachines } from '../requests/moved-machines.service.js';
import { changeOf } from '../resources/resource-life.service.js';
import { type LockedResource, ResourceMoves } from '../resources/resource-moves.service.js';
import { ResourcePlacing } from '../resources/resource-placing.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { wasPlaced } from './domain/replace-notices.js';
import { mayPlace, noLonger, reasonOf, refusalOf, unknownTask } from './domain/replace-refusals.js';
import { endOf } from './domain/replace-task.js';
import { ReplacementsRepository } from './replacements.repository.js';
import type { RePlaceWish } from './replacements.types.js';
import { ReplacingGround } from './replacing-ground.service.js';

/** 改放: the allocator puts a granted machine that its cluster does not place into another pool, by the same criteria. */
@Injectable()
export class Replacing {
  constructor(
    private readonly repository: ReplacementsRepository,
    private readonly resources: ResourcesService,
    private readonly ground: ReplacingGround,
    private readonly moves: ResourceMoves,
    private readonly placing: ResourcePlacing,
    private readonly claims: ClaimMoves,
    private readonly addresses: AddressesService,
    private readonly machineAddresses: MachineAddresses,
    private readonly requests: MovedMachines,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
    private readonly notices: Notices,
    private readonly freezes: FreezeGate,
  ) {}

  /**
   * Claim, machine, request and task move in one transaction: the new pool's counter by a conditional update, last. The claim
   * stays allocated and its quotas see nothing. No cluster is called: the workers drive both toward what is written here.
   */
  async place(
    viewer: Viewer,
    scope: TenantScope,
    wish: RePlaceWish,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const seen = wish.taskId === undefined ? null : await this.repository.byId(scope, wish.taskId);
    const [machine] = seen ? await this.resources.rows([seen.resourceId]) : [];
    if (!seen || !machine) return refuse([unknownTask()]);
    const [prepared, centers] = await Promise.all([this.ground.prepare(machine), this.facilities.centers()]);
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'replaceTask.place', actor: viewer, idempotencyKey, input }, async (tx) => {
      const said = reasonOf(wish.reason);
      if ('wrong' in said) return refuse([said.wrong]);
      const task = await this.repository.locked(tx, seen.id);
      if (!task) return refuse([unknownTask()]);
      const stopped = mayPlace(task, wish.expectedVersion);
      if (stopped) return refuse([stopped]);
      const row = await this.moves.locked(tx, WHOLE_PROVINCE, task.resourceId);
      // Its cluster may have found a node since the sweep looked: what runs, or goes, is not moved.
      const end = endOf(row);
      if (!row || end) return refuse([noLonger(end ?? 'ENDED')]);
      // After the machine, as the workers do; what its lines say of each other is judged by one at a time.
      await this.requests.keep(tx, row.requestId);
      const judged = await this.ground.judge(tx, row, wish.poolId ?? '-', prepared);
      if (!judged) return refuse([noLonger('ENDED')]);
      const { claim, verdict } = judged;
      if (!verdict.fits) return refuse([refusalOf(verdict)]);
      const { pool } = verdict;
      const frozen = await this.frozen(tx, row, pool.centerId);
      if (frozen.length > 0) return refuse(frozen);
      const { takeLast } = await this.claims.move(tx, verdict.moves, 'ALLOCATED');
      const names = new Map(centers.map(({ id, name }) => [id, name]));
      const to = { centerId: pool.centerId, poolId: pool.poolId };
      const where = names.get(pool.centerId) ?? pool.code;
      const text = say(
        `改放至${where}的 ${pool.code}：${said.reason}`,
        `Placed in ${pool.code} of ${where} instead: ${said.reason}`,
      );
      await this.placing.rePlace(tx, row, to, { text, by: viewer.name, side: 'PROVIDER', reason: said.reason });
      const { requestId, lineId } = row;
      const { memoryMib, share, vcpu } = claim;
      const from = { centerId: row.centerId, poolId: claim.poolId };
      const moved = { requestId, lineId, share, vcpu, memoryMib, from, to };
      await this.requests.moved(tx, moved, viewer, `${row.name}（${row.code}）：${text.zh}`);
      await this.repository.close(tx, task, {
        ...{ state: 'PLACED', toCenterId: to.centerId, toPoolId: to.poolId },
        ...{ decidedBy: viewer.name, reason: said.reason },
      });
      await this.notices.tell(tx, wasPlaced(task, `${row.name}（${row.code}）`, where, said.reason));
      const answering = await this.addressesIn(tx, row, to.centerId, viewer.name);
      if (!answering.ok) return answering;
      return ok({
        value: { id: task.id },
        audit: {
          objectType: 'ReplaceTask',
          objectId: task.id,
          departmentId: task.departmentId,
          summary: say(`改放 ${row.code} 至 ${pool.code}`, `Place ${row.code} in ${pool.code} instead`),
          before: { resource: row.code, ...from, placementEpoch: row.placementEpoch },
          after: { ...to, placementEpoch: row.placementEpoch + 1, reason: said.reason },
        },
        last: async () => {
          await takeLast();
          return ok(undefined);
        },
      });
    });
  }

  /** Of the center that it leaves and of the one that it goes to. */
  private frozen(tx: Tx, row: LockedResource, toCenterId: string): Promise<Refusal[]> {
    const { centerIds, subjects } = changeOf(row);
    const request = { type: 'Request' as const, id: row.requestId };
    return this.freezes.refused(tx, {
      ...{ centerIds: centerIds && [...centerIds, toCenterId], subjects: [...subjects, request] },
    });
  }

  /** In another center it answers there; what it had rests, as whatever a machine gives back. Networks are locked last. */
  private async addressesIn(
    tx: Tx,
    row: LockedResource,
    centerId: string,
    actorName: string,
  ): Promise<Result<unknown, readonly Refusal[]>> {
    if (row.centerId === centerId) return ok(undefined);
    await this.addresses.release(tx, row.id);
    const purpose = `${row.requestCode} ${row.name}`;
    const subject = { type: 'Resource', id: row.id, departmentId: row.departmentId, purpose, actorName };
    const wish = { centerId, zone: row.zone, subjects: [subject], path: ['poolId'], criterion: 'P21' };
    const held = await this.machineAddresses.hold(tx, row.departmentId, [wish]);
    if (held.ok) await this.machineAddresses.allocate(tx, [row.id]);
    return held;
  }
}
