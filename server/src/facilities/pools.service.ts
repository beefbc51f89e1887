import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { AuditFact } from '../audit/audit.types.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { Counters } from '../platform/counters/counters.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CenterPools } from './center-pools.service.js';
import type { Center, Cloud, Cluster, Pool } from './domain/facility.js';
import { takenAway } from './domain/maintenance.js';
import { checkNewPool, checkPoolForm, cloudOf, type NewPoolForm, type PoolForm, sizeOf } from './domain/pool-form.js';
import { limitsOf, opened, resized, worded } from './domain/pool-limits.js';
import { type AnyPoolMeter, acceleratorOf, compareMeters, type PoolAmounts } from './domain/pool-meters.js';
import { belowLive, changedMeanwhile, invalid, unknown } from './domain/refusals.js';
import { FacilitiesRepository } from './facilities.repository.js';
import { MaintenanceRepository } from './maintenance.repository.js';

type Answer = Result<{ id: string }, readonly Refusal[]>;

/** Acts on pools: they are registered, sized and given a reserve; their counters follow in the same transaction. */
@Injectable()
export class PoolsService {
  constructor(
    private readonly repository: FacilitiesRepository,
    private readonly maintenance: MaintenanceRepository,
    private readonly departments: DepartmentsService,
    private readonly counters: Counters,
    private readonly centers: CenterPools,
    private readonly acts: Acts,
  ) {}

  async register(
    viewer: Viewer,
    wish: NewPoolForm & { readonly centerId: string | null | undefined; readonly idempotencyKey: string },
  ): Promise<Answer> {
    const cloud = await this.cloudOf(wish);
    return this.acts.perform(
      { name: 'pool.register', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        // Locked, so that two of one architecture and zone cannot be registered at once.
        await this.repository.lockedCenters(tx);
        const where = await this.place(tx, wish);
        const refusals = [...checkNewPool(wish), ...where.refusals, ...cloud.refusals];
        if (refusals.length === 0 && (await this.repository.poolCodeTaken(tx, wish.code)))
          refusals.push(invalid(['code'], 'taken', say('编码已被使用', 'The code is taken')));
        if (refusals.length > 0) return refuse(refusals);
        const pool: Pool = {
          id: newId(tx.now.getTime()),
          code: wish.code,
          centerId: where.center?.id ?? null,
          clusterId: wish.kind === 'DRIVEN' ? (where.cluster?.id ?? null) : null,
          kind: wish.kind,
          architecture: wish.architecture,
          zone: wish.zone,
          ...worded(wish),
          size: wish.size && sizeOf(wish.size, wish.accelerators),
          present: null,
          inMaintenance: false,
          cloud: cloud.value,
          version: 1,
        };
        await this.repository.insert(tx, [], [], [pool]);
        // What stands in no center of ours is counted, never promised.
        if (pool.centerId !== null) await this.counters.open(tx, 'POOL', pool.id, opened(limitsOf(pool, [])));
        tx.changed('pool', pool.id);
        return ok({ value: { id: pool.id }, audit: fact(pool, say('登记资源池', 'Register pool')) });
      },
    );
  }

  /** Changes what is said of a pool and its limits with it. A limit never goes below what is live: refused with the figures. */
  async edit(
    viewer: Viewer,
    wish: PoolForm & {
      readonly poolId: string | undefined;
      /** DRIVEN only: size the pool by what its cluster counts now. */
      readonly takeCounted: boolean;
      readonly expectedVersion: number;
      readonly idempotencyKey: string;
    },
  ): Promise<Answer> {
    const cloud = await this.cloudOf(wish);
    return this.acts.perform(
      { name: 'pool.edit', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const before = wish.poolId === undefined ? null : await this.repository.lockedPool(tx, wish.poolId);
        if (!before) return refuse([unknown(['id'], say('没有这个资源池', 'There is no such pool'))]);
        const refusals = [...checkPoolForm(before.kind, wish), ...cloud.refusals];
        if (wish.takeCounted && before.present === null)
          refusals.push(
            invalid(
              ['takeCounted'],
              'notCounted',
              say('集群尚未清点该资源池', 'The cluster has not counted the pool yet'),
            ),
          );
        if (wish.takeCounted && before.inMaintenance)
          refusals.push(
            invalid(
              ['takeCounted'],
              'inMaintenance',
              say('维护期间清点不完整', 'Under maintenance the count is not whole'),
            ),
          );
        if (refusals.length > 0) return refuse(refusals);
        if (wish.expectedVersion !== before.version)
          return refuse([changedMeanwhile(wish.expectedVersion, before.version)]);
        const running = await this.maintenance.runningOf(tx, before.id);
        if (wish.takeCounted && running.length > 0)
          return refuse([
            invalid(
              ['takeCounted'],
              'inMaintenance',
              say('维护期间清点不完整', 'Under maintenance the count is not whole'),
            ),
          ]);
        const pool: Pool = { ...before, ...worded(wish, before), size: resized(before, wish), cloud: cloud.value };
        await this.repository.updatePool(tx, pool);
        tx.changed('pool', pool.id);
        const away = [...running.map(takenAway), ...(await this.centers.awayWith(tx, pool))];
        const limits = pool.centerId === null ? {} : limitsOf(pool, away, before);
        return ok({
          value: { id: pool.id },
          audit: { ...fact(pool, say('修改资源池', 'Edit pool')), before: shown(before) },
          last: () => this.setLimits(tx, pool.id, limits),
        });
      },
    );
  }

  private async setLimits(tx: Tx, poolId: string, limits: PoolAmounts): Promise<Result<void, readonly Refusal[]>> {
    for (const [meter, limit] of Object.entries(limits).toSorted(([a], [b]) => compareMeters(a, b)))
      if (!(await this.counters.setLimit(tx, 'POOL', poolId, meter, limit ?? 0))) {
        const counters = await this.counters.read('POOL', [poolId], tx.manager);
        const live = counters.find((c) => c.meter === meter)?.live ?? 0;
        return refuse([belowLive(poolId, publicMeterOf(meter), limit ?? 0, live)]);
      }
    return ok(undefined);
  }

  private async place(
    tx: Tx,
    wish: NewPoolForm & { readonly centerId: string | null | undefined },
  ): Promise<{
    readonly center: Center | null;
    readonly cluster: Cluster | null;
    readonly refusals: readonly Refusal[];
  }> {
    const none = { center: null, cluster: null };
    if (wish.centerId === null)
      return wish.kind === 'DRIVEN' || wish.cloud === null
        ? {
            ...none,
            refusals: [
              invalid(
                ['centerId'],
                'required',
                say(
                  '请选择数据中心；不在本省中心内的须填写归属',
                  'Choose a center; what stands in none needs an owner',
                ),
              ),
            ],
          }
        : { ...none, refusals: [] };
    const [center] = wish.centerId === undefined ? [] : await this.repository.centersByIds([wish.centerId], tx.manager);
    if (!center)
      return { ...none, refusals: [unknown(['centerId'], say('没有这个数据中心', 'There is no such center'))] };
    const [cluster] = await this.repository.clustersOfCenters([center.id], tx.manager);
    const pools = await this.repository.poolsOfCenters([center.id], tx.manager);
    const refusals: Refusal[] = [];
    if (center.life === 'STOPPED')
      refusals.push(invalid(['centerId'], 'stopped', say('该数据中心已停用', 'The center is stopped')));
    if (wish.kind === 'DRIVEN' && !cluster)
      refusals.push(invalid(['kind'], 'noCluster', say('该数据中心没有集群', 'The center has no cluster')));
    // Nodes are told apart by architecture and zone: two such pools would count the same ones.
    const same = (p: Pool): boolean =>
      p.kind === 'DRIVEN' && p.architecture === wish.architecture && p.zone === wish.zone;
    if (wish.kind === 'DRIVEN' && pools.some(same))
      refusals.push(
        invalid(
          ['zone'],
          'twice',
          say(
            '该中心已有同架构、同网络区域的纳管型资源池',
            'The center already drives a pool of this architecture and zone',
          ),
        ),
      );
    return { center, cluster: cluster ?? null, refusals };
  }

  private async cloudOf(
    wish: PoolForm,
  ): Promise<{ readonly value: Cloud | null; readonly refusals: readonly Refusal[] }> {
    if (wish.cloud === null) return { value: null, refusals: [] };
    const ownerId = wish.cloud.ownerDepartmentId;
    const [owner] = ownerId === undefined ? [null] : await this.departments.departments([ownerId]);
    if (!owner)
      return {
        value: null,
        refusals: [unknown(['cloud', 'ownerDepartmentId'], say('没有这个单位', 'There is no such department'))],
      };
    return { value: cloudOf(wish.cloud, owner.id), refusals: [] };
  }
}

function publicMeterOf(meter: string): 'VCPU' | 'MEMORY_MIB' | 'STORAGE_GIB' | 'ACCELERATOR' {
  if (acceleratorOf(meter) !== null) return 'ACCELERATOR';
  return (meter as AnyPoolMeter) === 'VCPU' || meter === 'MEMORY_MIB' ? (meter as 'VCPU') : 'STORAGE_GIB';
}

function shown({ present: _, ...pool }: Pool): object {
  return pool;
}

function fact(pool: Pool, verb: Bilingual): AuditFact {
  return {
    objectType: 'Pool',
    objectId: pool.id,
    departmentId: pool.cloud?.ownerDepartmentId ?? null,
    summary: say(`${verb.zh} ${pool.code}`, `${verb.en} ${pool.code}`),
    after: shown(pool),
  };
}
