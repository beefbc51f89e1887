import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { checkPortSet, type PortKind } from './domain/ports.js';
import { type Answer, invalid, unknown } from './order-refusals.js';
import { PortsRepository } from './ports.repository.js';
import type { PortSetRow } from './workorders.types.js';

/** A cabinet's switches and strips have a dozen groups; a page of cabinets shows all of them. */
const SETS_SHOWN_MAX = 500;

export interface PortSetWish {
  readonly cabinetId: string | undefined;
  readonly deviceHolderId: string | null;
  readonly kind: PortKind;
  readonly label: string;
  readonly count: number;
  readonly idempotencyKey: string;
}

/** Which ports and sockets there are to be claimed. */
@Injectable()
export class PortSets {
  constructor(
    private readonly repository: PortsRepository,
    private readonly cabinets: CabinetsService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of the cabinets that the viewer sees. */
  async ofCabinets(scope: TenantScope, cabinetIds: readonly string[]): Promise<PortSetRow[]> {
    const seen = (await this.cabinets.cabinetsByIds(scope, cabinetIds)).map((cabinet) => cabinet.id);
    return this.repository.ofCabinets(seen, SETS_SHOWN_MAX);
  }

  /** Batch for loaders. */
  readonly sets = async (ids: readonly string[]): Promise<(PortSetRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (set) => set.id);

  async create(viewer: Viewer, wish: PortSetWish): Answer {
    const { idempotencyKey, ...asked } = wish;
    const [cabinet] = wish.cabinetId ? await this.cabinets.cabinetsByIds(WHOLE_PROVINCE, [wish.cabinetId]) : [];
    const holders = cabinet ? await this.cabinets.holdersOf([cabinet.id]) : [];
    const id = newId(this.clock.now().getTime());
    return this.acts.perform(
      { name: 'workorder.createPortSet', actor: viewer, idempotencyKey, input: asked },
      async (tx) => {
        const refusals = checkPortSet(wish);
        if (refusals.length > 0) return refuse(refusals);
        if (!cabinet) return refuse([unknown(['cabinetId'], say('机柜', 'cabinet'))]);
        if (wish.deviceHolderId !== null && !holders.some((holder) => holder.id === wish.deviceHolderId))
          return refuse([unknown(['deviceId'], say('设备', 'device'))]);
        const { kind, label, count, deviceHolderId } = wish;
        try {
          await this.add(tx, [
            { id, cabinetId: cabinet.id, deviceHolderId, kind, label: label.trim(), portCount: count },
          ]);
        } catch (error) {
          if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
          return refuse([
            invalid(['label'], 'unique', '该机柜已有同名同类的端口组', 'The cabinet has such a set already'),
          ]);
        }
        return ok({
          value: { id },
          audit: {
            objectType: 'Cabinet',
            objectId: cabinet.id,
            departmentId: null,
            summary: say(`登记端口 ${label} ${count} 个`, `Register ${count} ports of ${label}`),
            after: asked,
          },
        });
      },
    );
  }

  /** Fewer than are claimed is refused. */
  async resize(
    viewer: Viewer,
    wish: {
      readonly id: string | undefined;
      readonly expectedVersion: number;
      readonly count: number;
      readonly idempotencyKey: string;
    },
  ): Answer {
    const [set] = wish.id ? await this.repository.byIds([wish.id]) : [];
    return this.acts.perform(
      { name: 'workorder.resizePortSet', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        if (!set) return refuse([unknown(['id'], say('端口组', 'port set'))]);
        const refusals = checkPortSet({ label: set.label, count: wish.count });
        if (refusals.length > 0) return refuse(refusals);
        if (!(await this.repository.resize(tx, set.id, wish.expectedVersion, wish.count)))
          return refuse([
            invalid(
              ['count'],
              'claimed',
              '少于已占用的数量，或已被他人更新，请刷新后再试',
              'Fewer than are claimed, or somebody has changed it meanwhile; load it again',
            ),
          ]);
        return ok({
          value: { id: set.id },
          audit: {
            objectType: 'Cabinet',
            objectId: set.cabinetId,
            departmentId: null,
            summary: say(`端口 ${set.label} 调整为 ${wish.count} 个`, `${set.label} has ${wish.count} ports now`),
            before: { count: set.portCount },
            after: { count: wish.count },
          },
        });
      },
    );
  }

  add(tx: Tx, sets: readonly Omit<PortSetRow, 'claimed' | 'version' | 'createdAt'>[]): Promise<void> {
    return this.repository.insert(
      tx,
      sets.map((set) => ({ ...set, claimed: 0, version: 1, createdAt: tx.now })),
    );
  }
}
