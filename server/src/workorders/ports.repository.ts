import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { PortClaimEntity, PortSetEntity } from './hosting.entity.js';
import type { OrderClaim, PortClaimRow, PortSetRow } from './workorders.types.js';

/** Ports and sockets belong to the place and to no department, so reads of sets take no scope; claims go by their orders. */
@Injectable()
export class PortsRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, sets: readonly PortSetRow[]): Promise<void> {
    if (sets.length > 0) await tx.manager.insert(PortSetEntity, [...sets]);
  }

  /** false = that many are claimed already, or there is none such. */
  async resize(tx: Tx, id: string, expectedVersion: number, count: number): Promise<boolean> {
    const done: { affectedRows: number } = await tx.manager.query(
      'update port_set set port_count = ?, version = version + 1 where id = ? and version = ? and claimed <= ?',
      [count, id, expectedVersion, count],
    );
    return done.affectedRows === 1;
  }

  byIds(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<PortSetRow[]> {
    return manager
      .createQueryBuilder(PortSetEntity, 's')
      .where('s.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  ofCabinets(cabinetIds: readonly string[], limit: number): Promise<PortSetRow[]> {
    return this.db
      .createQueryBuilder(PortSetEntity, 's')
      .where('s.cabinetId in (:...ids)', { ids: inList(cabinetIds) })
      .orderBy('s.cabinetId')
      .addOrderBy('s.label')
      .addOrderBy('s.kind')
      .limit(limit)
      .getMany();
  }

  async setWishes(tx: Tx, orderId: string, departmentId: string, asks: ReadonlyMap<string, number>): Promise<void> {
    await tx.manager.delete(PortClaimEntity, { orderId, state: 'WISHED' });
    if (asks.size > 0)
      await tx.manager.insert(
        PortClaimEntity,
        [...asks].map(([portSetId, asked]) => ({
          id: newId(tx.now.getTime()),
          portSetId,
          orderId,
          departmentId,
          asked,
          state: 'WISHED' as const,
          claimedAt: null,
          releasedAt: null,
        })),
      );
  }

  claimsIn(tx: Tx, orderIds: readonly string[]): Promise<PortClaimRow[]> {
    return tx.manager
      .createQueryBuilder(PortClaimEntity, 'c')
      .where('c.orderId in (:...ids)', { ids: inList(orderIds) })
      .orderBy('c.portSetId')
      .getMany();
  }

  async claimsOf(orderIds: readonly string[]): Promise<OrderClaim[]> {
    const claims = await this.db
      .createQueryBuilder(PortClaimEntity, 'c')
      .where('c.orderId in (:...ids)', { ids: inList(orderIds) })
      .orderBy('c.orderId')
      .addOrderBy('c.portSetId')
      .getMany();
    const sets = new Map((await this.byIds(claims.map((claim) => claim.portSetId))).map((set) => [set.id, set]));
    return claims.flatMap((claim) => {
      const set = sets.get(claim.portSetId);
      return set ? [{ ...claim, set }] : [];
    });
  }

  /** From one state to the next, once: those that were in another are not among the answer. */
  async moveClaims(
    tx: Tx,
    claims: readonly PortClaimRow[],
    to: { readonly state: 'ALLOCATED' | 'RELEASED'; readonly from: readonly ('WISHED' | 'ALLOCATED')[] },
  ): Promise<PortClaimRow[]> {
    const moved: PortClaimRow[] = [];
    for (const claim of claims.filter((each) => to.from.includes(each.state as 'WISHED' | 'ALLOCATED'))) {
      const stamp = to.state === 'ALLOCATED' ? 'claimed_at' : 'released_at';
      const done: { affectedRows: number } = await tx.manager.query(
        `update port_claim set state = ?, ${stamp} = ? where id = ? and state = ?`,
        [to.state, tx.now, claim.id, claim.state],
      );
      if (done.affectedRows === 1) moved.push(claim);
    }
    return moved;
  }

  /**
   * Moves what is claimed of one set; false = there are not so many left. Last of an act, in the order of the sets' ids:
   * these are the rows that everybody wants.
   */
  async take(tx: Tx, portSetId: string, count: number): Promise<boolean> {
    const done: { affectedRows: number } = await tx.manager.query(
      'update port_set set claimed = claimed + ? where id = ? and claimed + ? between 0 and port_count',
      [count, portSetId, count],
    );
    return done.affectedRows === 1;
  }
}
