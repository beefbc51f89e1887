import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ShareName } from './domain/dr-shares.js';
import type { LineKind } from './domain/line-kind.js';
import { ItemClaimEntity } from './item-claims.entity.js';

export type ItemKind = Exclude<LineKind, 'VM'>;

/** One thing that a line has. */
export interface ItemClaim {
  readonly id: string;
  readonly requestId: string;
  readonly lineId: string;
  readonly kind: ItemKind;
  readonly share: ShareName;
  readonly centerId: string | null;
  readonly subjectId: string;
  readonly departmentId: string;
  readonly state: 'HELD' | 'ALLOCATED' | 'RELEASED';
}

/** A thing with its times; without `allocatedAt` it was only ever held. */
export interface ItemUse extends ItemClaim {
  readonly allocatedAt: Date | null;
  readonly releasedAt: Date | null;
}

const COLUMNS = [
  'id',
  'requestId',
  'lineId',
  'kind',
  'share',
  'centerId',
  'subjectId',
  'departmentId',
  'state',
  'createdAt',
  'allocatedAt',
  'releasedAt',
  'liveSubjectId',
  'beyondQuota',
] as const;

/** What is written down of the things that lines have. Taking and giving back is `ItemClaims`. */
@Injectable()
export class ItemRecord {
  constructor(private readonly db: DataSource) {}

  async insertHolds(
    tx: Tx,
    items: readonly (Omit<ItemClaim, 'id' | 'state'> & { readonly beyondQuota?: boolean })[],
  ): Promise<void> {
    await bulkInsert(
      tx,
      'item_claim',
      COLUMNS,
      items.map((item) => ({
        ...item,
        id: newId(tx.now.getTime()),
        state: 'HELD' as const,
        createdAt: tx.now,
        allocatedAt: null,
        releasedAt: null,
        liveSubjectId: item.subjectId,
        beyondQuota: item.beyondQuota === true,
      })),
    );
  }

  /**
   * A server that came back, and a place that was ended, are free without having asked here: whoever gets them next ends
   * the claim that they had.
   */
  async endFormer(tx: Tx, subjectIds: readonly string[]): Promise<void> {
    await tx.manager.query(
      "update item_claim set state = 'RELEASED', released_at = ?, live_subject_id = null where live_subject_id in (?)",
      [tx.now, inList(subjectIds)],
    );
  }

  async markAllocated(tx: Tx, requestId: string): Promise<void> {
    await tx.manager.query(
      "update item_claim set state = 'ALLOCATED', allocated_at = ? where request_id = ? and state = 'HELD'",
      [tx.now, requestId],
    );
  }

  async markReleased(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.manager.query(
      "update item_claim set state = 'RELEASED', released_at = ?, live_subject_id = null where id in (?) and state <> 'RELEASED'",
      [tx.now, inList(ids)],
    );
  }

  /** Things that a change made belong to the line that it changed. */
  async adopt(
    tx: Tx,
    ids: readonly string[],
    to: { readonly requestId: string; readonly lineId: string },
  ): Promise<void> {
    await tx.manager.query('update item_claim set request_id = ?, line_id = ? where id in (?)', [
      to.requestId,
      to.lineId,
      inList(ids),
    ]);
  }

  /** They are another share of their line from now on. */
  async rename(tx: Tx, ids: readonly string[], share: ShareName): Promise<void> {
    await tx.manager.query('update item_claim set share = ? where id in (?)', [share, inList(ids)]);
  }

  /** What lives of these servers, places or services. */
  async liveOf(tx: Tx, subjectIds: readonly string[]): Promise<ItemClaim[]> {
    const rows = await tx.manager
      .createQueryBuilder(ItemClaimEntity, 'claim')
      .where('claim.liveSubjectId in (:...subjectIds)', { subjectIds: inList(subjectIds) })
      .orderBy('claim.id')
      .getMany();
    return rows.map(toClaim);
  }

  async of(requestId: string, states: readonly ItemClaim['state'][], tx?: Tx): Promise<ItemClaim[]> {
    const rows = await (tx?.manager ?? this.db.manager)
      .createQueryBuilder(ItemClaimEntity, 'claim')
      .where('claim.requestId = :requestId and claim.state in (:...states)', { requestId, states })
      .orderBy('claim.id')
      .getMany();
    return rows.map(toClaim);
  }

  /** Servers and places that the other requests of a department hold. */
  async heldByOthers(
    { departmentId, requestId }: { readonly departmentId: string; readonly requestId: string | null },
    tx?: Tx,
  ): Promise<string[]> {
    const rows: { id: string }[] = await (tx?.manager ?? this.db.manager).query(
      `select subject_id as id from item_claim
       where department_id = ? and state = 'HELD' and kind in ('SERVER', 'CABINET') and request_id <> ?`,
      [departmentId, requestId ?? ''],
    );
    return rows.map(({ id }) => id);
  }

  /** Places in cabinets that these requests were given and have not given back. */
  async placesGiven(requestIds: readonly string[]): Promise<string[]> {
    if (requestIds.length === 0) return [];
    const rows: { id: string }[] = await this.db.query(
      "select subject_id as id from item_claim where request_id in (?) and state = 'ALLOCATED' and kind = 'CABINET'",
      [inList(requestIds)],
    );
    return rows.map(({ id }) => id);
  }

  /** How many servers and places each of these requests has or had: as many as `ofLines` gives of its lines. */
  async countsOf(requestIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows: { id: string; n: string }[] = await this.db.query(
      `select request_id as id, count(*) as n from item_claim
        where request_id in (?) and kind in ('SERVER', 'CABINET') group by request_id`,
      [inList(requestIds)],
    );
    return new Map(rows.map(({ id, n }) => [id, Number(n)]));
  }

  /** What these lines have or had, with when it was given and given back, the newest last. */
  async usesOf(lineIds: readonly string[]): Promise<ItemUse[]> {
    const rows = await this.db.manager
      .createQueryBuilder(ItemClaimEntity, 'claim')
      .where("claim.lineId in (:...lineIds) and claim.state <> 'HELD'", { lineIds: inList(lineIds) })
      .orderBy('claim.id')
      .getMany();
    return rows.map((row) => ({ ...toClaim(row), allocatedAt: row.allocatedAt, releasedAt: row.releasedAt }));
  }

  /** Batch for loaders: what each line has or had, the newest last. */
  readonly ofLines = async (lineIds: readonly string[], tx?: Tx): Promise<ItemClaim[][]> => {
    const rows = await (tx?.manager ?? this.db.manager)
      .createQueryBuilder(ItemClaimEntity, 'claim')
      .where('claim.lineId in (:...lineIds)', { lineIds: inList(lineIds) })
      .orderBy('claim.id')
      .getMany();
    const byLine = Map.groupBy(rows.map(toClaim), (claim) => claim.lineId);
    return lineIds.map((id) => byLine.get(id) ?? []);
  };
}

function toClaim(row: ItemClaimEntity): ItemClaim {
  const { id, requestId, lineId, kind, share, centerId, subjectId, departmentId, state } = row;
  return { id, requestId, lineId, kind, share, centerId, subjectId, departmentId, state };
}
