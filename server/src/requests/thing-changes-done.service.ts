import { Inject, Injectable } from '@nestjs/common';
import { type ItemClaim, ItemRecord } from '../allocation/item-record.service.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import { SPACE_CONTENTS, type SpaceContents } from '../cabinets/space-contents.types.js';
import { type Remade, SpaceGrowth } from '../cabinets/space-growth.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { QuotaTakings } from '../quotas/quota-takings.service.js';
import { ChangedServicesRepository } from './changed-services.repository.js';
import { cheaper } from './domain/change.js';
import { CHANGE_SUBJECT, ITEM_SUBJECT } from './domain/encumbrance.js';
import { EncumberingService } from './encumbering.service.js';
import { FollowUpService } from './follow-up.service.js';
import { RequestItemChangesRepository } from './request-item-changes.repository.js';
import type { ItemChangeRow } from './request-item-changes.types.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow } from './requests.types.js';
import { itemParts } from './thing-quotations.service.js';

interface Back {
  readonly moves: readonly BudgetMove[];
  readonly quotasLast: () => Promise<void>;
}

/** What follows when people have changed servers or places: they are what they became, and what is less goes back of quotas and budget. */
@Injectable()
export class ThingChangesDone {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly changes: RequestItemChangesRepository,
    private readonly lines: ChangedServicesRepository,
    private readonly items: ItemRecord,
    private readonly growth: SpaceGrowth,
    private readonly takings: QuotaTakings,
    private readonly encumbering: EncumberingService,
    private readonly followUp: FollowUpService,
    @Inject(SPACE_CONTENTS) private readonly contents: SpaceContents,
  ) {}

  /** The line is marked done already, and its request's row is locked. The changed request's is locked next, and cabinets after it. */
  async done(tx: Tx, line: RequestLineRow, by: string): Promise<Back> {
    const { changedLineId } = line;
    const [original] = changedLineId ? await this.repository.linesByIds([changedLineId], tx) : [];
    if (!original) throw new Error(`the line that ${line.id} changes has gone`);
    // Whoever gives back another line of it has its row before cabinets too.
    const changed = await this.repository.locked(tx, WHOLE_PROVINCE, original.requestId);
    const rows = (await this.changes.ofRequests([line.requestId], tx)).filter(
      ({ lineId, state }) => lineId === line.id && state === 'UNDERWAY',
    );
    const claims = new Map((await this.items.ofLines([original.id], tx)).flat().map((item) => [item.id, item]));
    const resized = rows.filter((row) => row.what === 'RESIZE' && claims.get(row.itemId)?.state === 'ALLOCATED');
    const moves: BudgetMove[] = [];
    for (const row of resized) moves.push(...(await this.cheaper(tx, row, claims.get(row.itemId), original, by)));
    const left = rows.flatMap((row) => {
      const item = row.what === 'LEAVE' ? claims.get(row.itemId) : undefined;
      // A server leaves by its own life, and this change waits for it.
      return item && item.kind === 'CABINET' ? [item] : [];
    });
    for (const item of left) moves.push(...(await this.giveBack(tx, item, [original], by)));
    const quotasLast = await this.remake(tx, line, resized, left);
    if (changed && left.length > 0) await this.followUp.thingsGone(tx, changed);
    const waits = new Set(
      rows.flatMap((row) =>
        row.what === 'LEAVE' &&
        claims.get(row.itemId)?.kind === 'SERVER' &&
        claims.get(row.itemId)?.state === 'ALLOCATED'
          ? row.id
          : [],
      ),
    );
    for (const row of rows) if (!waits.has(row.id)) await this.changes.markDone(tx, row);
    await this.freeIfDone(tx, { requestId: line.requestId, lineId: line.id });
    tx.changed('request', original.requestId);
    return { moves, quotasLast };
  }

  /** The last thing of a line of a change is done: the line that it changed may be changed again. */
  async freeIfDone(tx: Tx, { requestId, lineId }: Pick<ItemChangeRow, 'requestId' | 'lineId'>): Promise<void> {
    const [line] = await this.repository.linesByIds([lineId], tx);
    const rows = await this.changes.ofRequests([requestId], tx);
    const waiting = rows.some((row) => row.lineId === lineId && row.state !== 'DONE');
    if (line?.changedLineId && line.fulfilledAt !== null && !waiting)
      await this.lines.free(tx, requestId, line.changedLineId);
  }

  /** Each request that reserved a part of its price gets that part back: the one that asked for it, and each that made it dearer. */
  async giveBack(
    tx: Tx,
    item: ItemClaim,
    lines: readonly RequestLineRow[],
    by: string,
  ): Promise<readonly BudgetMove[]> {
    const line = lines.find(({ id }) => id === item.lineId);
    if (!line) return [];
    const moves: BudgetMove[] = [];
    // What leaves is no share of its line any more: what it cost is said by the change that lets it go.
    const [leaving] = await this.changes.leaving(tx, [item.id]);
    const parts = itemParts(item, line, await this.changes.doneOf([item.id], tx), leaving?.fromFen);
    for (const [at, { requestId, fen: monthlyFen }] of parts.entries()) {
      const subject = { kind: ITEM_SUBJECT, id: item.id, round: at + 1 };
      moves.push(...(await this.encumbering.shrink(tx, { id: item.id, requestId, monthlyFen, subject }, by)));
    }
    return moves;
  }

  private async cheaper(
    tx: Tx,
    row: ItemChangeRow,
    item: ItemClaim | undefined,
    original: RequestLineRow,
    by: string,
  ): Promise<readonly BudgetMove[]> {
    if (!item || row.toFen >= row.fromFen) return [];
    const parts = itemParts(item, original, await this.changes.doneOf([item.id], tx));
    const moves: BudgetMove[] = [];
    for (const [at, { requestId, fen, rest }] of cheaper(parts, row.fromFen - row.toFen).off.entries()) {
      const subject = { kind: CHANGE_SUBJECT, id: row.id, round: at + 1 };
      const back = { id: item.id, requestId, monthlyFen: fen, restFen: rest, subject };
      moves.push(...(await this.encumbering.shrink(tx, back, by)));
    }
    return moves;
  }

  /**
   * Places take their new size, and those of a share that leaves end. The room that was kept is its places', with the quota
   * that it took. Of all cabinets and all quotas at once: each is locked in the order of the ids, whatever becomes of it.
   */
  private async remake(
    tx: Tx,
    line: RequestLineRow,
    resized: readonly ItemChangeRow[],
    left: readonly ItemClaim[],
  ): Promise<() => Promise<void>> {
    const places = resized.filter(isOtherSize);
    if (places.length + left.length === 0) return async () => undefined;
    const ids = places.map(({ subjectId }) => subjectId);
    const things = await this.contents.kept(tx, ids.toSorted());
    const rooms = (await this.items.of(line.requestId, ['ALLOCATED'], tx)).filter(({ lineId }) => lineId === line.id);
    const roomIds = rooms.map(({ subjectId }) => subjectId);
    const homes = await this.growth.roomsAmong(tx, roomIds);
    const ended = left.map(({ subjectId }) => subjectId);
    const remade = await this.growth.remake(
      tx,
      places.map(({ subjectId, toHalfUnits, toPowerW, toWeightGrams }) => ({
        holderId: subjectId,
        to: { heightHalfUnits: toHalfUnits, powerW: toPowerW, weightGrams: toWeightGrams },
        things: things.get(subjectId) ?? [],
      })),
      ended,
    );
    for (const { holderId, bottomUp } of remade)
      if (bottomUp !== 0) await this.contents.bottomMoved(tx, holderId, bottomUp);
    await this.items.markReleased(
      tx,
      [...rooms, ...left].map(({ id }) => id),
    );
    return this.moveQuotas(tx, remade, homes, ended);
  }

  private async moveQuotas(
    tx: Tx,
    remade: readonly Remade[],
    homes: ReadonlyMap<string, string>,
    ended: readonly string[],
  ): Promise<() => Promise<void>> {
    const gone = [...homes.keys(), ...ended];
    const live = await this.takings.liveBySubject([...remade.map(({ holderId }) => holderId), ...gone], tx);
    const { moveLast } = await this.takings.exchangeLast(tx, [
      ...remade.map(({ holderId: subjectId, takes: amounts }) => {
        const room = [...homes].find(([, home]) => home === subjectId)?.[0] ?? '';
        const quotaIds = (live.get(subjectId) ?? live.get(room))?.quotaIds;
        return { subjectId, wanted: amounts && quotaIds ? { quotaIds, amounts } : null };
      }),
      ...gone.map((subjectId) => ({ subjectId, wanted: null })),
    ]);
    return moveLast;
  }
}

function isOtherSize(row: ItemChangeRow): boolean {
  return (
    row.fromHalfUnits !== row.toHalfUnits ||
    row.fromPowerW !== row.toPowerW ||
    row.fromWeightGrams !== row.toWeightGrams
  );
}
