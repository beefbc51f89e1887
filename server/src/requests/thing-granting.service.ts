import { Injectable } from '@nestjs/common';
import type { PlacedShare } from '../allocation/domain/dr-shares.js';
import { type ItemClaim, ItemRecord } from '../allocation/item-record.service.js';
import { SpaceGrowth } from '../cabinets/space-growth.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { PreparedChangeGrant } from './change-granting.service.js';
import { thingsToDo } from './changed-things-by-hand.js';
import { itemFen } from './domain/share-price.js';
import type { GrantedLine } from './fulfilment.types.js';
import type { QuotedLine } from './quotation.service.js';
import type { QuotedThingsChange } from './quoted-things.js';
import { RequestItemChangesRepository } from './request-item-changes.repository.js';
import type { NewItemChange } from './request-item-changes.types.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

/** The end of a change's chain for servers and places: shares that were missing belong to the line that is changed, and people do the rest. */
@Injectable()
export class ThingGranting {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly changes: RequestItemChangesRepository,
    private readonly items: ItemRecord,
    private readonly growth: SpaceGrowth,
  ) {}

  /**
   * Before anything of theirs is touched, as a settlement of one of their debts does: whoever gives back what they have
   * locks them before cabinets too. In the order of their ids.
   */
  async keep(tx: Tx, { quotation, originals }: PreparedChangeGrant): Promise<void> {
    if (!quotation.ok) return;
    const ids = quotation.value.lines.flatMap(({ thingsChange }, at) =>
      thingsChange ? (originals[at]?.id ?? []) : [],
    );
    for (const id of [...new Set(ids)].toSorted()) await this.repository.locked(tx, WHOLE_PROVINCE, id);
  }

  /** @param allocated what the request held of servers, places and services. @returns what people are to do, one order a line. */
  async grant(
    tx: Tx,
    request: RequestRow,
    { lines, quotation, originals }: PreparedChangeGrant,
    allocated: readonly ItemClaim[],
  ): Promise<GrantedLine[]> {
    if (!quotation.ok) return [];
    await this.changes.begin(tx, request.id);
    const rooms = await this.growth.roomsAmong(
      tx,
      allocated.map(({ subjectId }) => subjectId),
    );
    const toDo: GrantedLine[] = [];
    for (const [at, quoted] of quotation.value.lines.entries()) {
      const { thingsChange: change } = quoted;
      const [own, original] = [lines[at], originals[at]];
      if (!change || !own || !original) continue;
      const made = allocated.filter(({ lineId, subjectId }) => lineId === own.id && !rooms.has(subjectId));
      await this.adopt(tx, request, { own, original, change, quoted, made });
      toDo.push(thingsToDo(request, own, quoted, made));
    }
    return toDo;
  }

  private async adopt(
    tx: Tx,
    request: RequestRow,
    {
      own,
      original,
      change,
      quoted,
      made,
    }: {
      readonly own: RequestLineRow;
      readonly original: RequestRow;
      readonly change: QuotedThingsChange;
      readonly quoted: QuotedLine;
      readonly made: readonly ItemClaim[];
    },
  ): Promise<void> {
    for (const [share, some] of Map.groupBy(change.renamed, (one) => one.share))
      await this.items.rename(
        tx,
        some.map(({ itemId }) => itemId),
        share,
      );
    if (made.length > 0) {
      await this.items.adopt(
        tx,
        made.map(({ id }) => id),
        { requestId: original.id, lineId: change.changedLine.id },
      );
      const rows = made.map((item) => madeRow(item, quoted, itemFen([own], item)));
      await this.changes.add(tx, request.id, [{ lineId: own.id, changes: rows }], 'UNDERWAY');
    }
    if (change.renamed.length + change.leaving.length + made.length === 0) return;
    const [line] = await this.repository.linesByIds([change.changedLine.id], tx);
    await this.repository.recordShares(tx, change.changedLine.id, sharesAfter(line?.shares ?? [], change, own.shares));
  }
}

/** What the line has from now on, share by share: what stays under its new name, what is made, and no longer what leaves. */
export function sharesAfter(
  before: readonly PlacedShare[],
  { renamed, leaving }: Pick<QuotedThingsChange, 'renamed' | 'leaving'>,
  made: readonly PlacedShare[],
): PlacedShare[] {
  const gone = new Set(leaving.map(({ item }) => item.share));
  const [name] = renamed;
  const main = (share: PlacedShare) => share.share !== 'RECOVERY';
  const stays = before
    .filter((share) => !gone.has(share.share))
    .map((share) => (name && main(share) ? { ...share, share: name.share } : share));
  return [...stays, ...made.filter(({ owed }) => !owed)];
}

function madeRow(item: ItemClaim, { thing }: QuotedLine, fen: bigint): NewItemChange {
  const size =
    thing.kind === 'CABINET'
      ? { toHalfUnits: thing.heightHalfUnits, toPowerW: thing.powerW, toWeightGrams: thing.weightGrams }
      : { toHalfUnits: 0, toPowerW: 0, toWeightGrams: 0 };
  return {
    ...{ itemId: item.id, subjectId: item.subjectId, what: 'MAKE', ...size },
    ...{ fromHalfUnits: 0, fromPowerW: 0, fromWeightGrams: 0, fromFen: 0n, toFen: fen },
  };
}
