import { Inject, Injectable } from '@nestjs/common';
import { tooSmallFor } from '../cabinets/domain/growth.js';
import { GivenSpaces } from '../cabinets/given-spaces.service.js';
import { SPACE_CONTENTS, type SpaceContents } from '../cabinets/space-contents.types.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { changedMeanwhile } from '../resources/domain/release.js';
import { thingsOpen } from './change-refusals.js';
import { ChangedServicesRepository } from './changed-services.repository.js';
import { pathOf } from './domain/change.js';
import { stillStandsIn, THINGS } from './domain/things-change.js';
import type { Quotation } from './quotation.service.js';
import type { QuotedThingsChange } from './quoted-things.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

/** A change keeps the lines of its servers and places for itself, sees that they are as they were seen, and that nothing is put into what goes. */
@Injectable()
export class ThingLocks {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly lines: ChangedServicesRepository,
    private readonly spaces: GivenSpaces,
    @Inject(SPACE_CONTENTS) private readonly contents: SpaceContents,
  ) {}

  /** In the order of the lines' ids. */
  async keep(tx: Tx, request: RequestRow, { lines }: Quotation): Promise<Result<void, readonly Refusal[]>> {
    const wanted = lines
      .flatMap(({ thingsChange }, line) => (thingsChange ? [{ change: thingsChange, line }] : []))
      .toSorted((a, b) => (a.change.changedLine.id < b.change.changedLine.id ? -1 : 1));
    for (const { change, line } of wanted) {
      const { changedLine } = change;
      const path = pathOf(line, ...THINGS);
      if (!(await this.lines.open(tx, changedLine.id, request.id, request.code))) {
        const [row] = await this.repository.linesByIds([changedLine.id], tx);
        return refuse([row?.openChangeId ? thingsOpen(row, line) : changedMeanwhile(changedLine.name, path)]);
      }
      const seen = await this.asSeen(tx, change, line);
      if (!seen.ok) return seen;
    }
    return ok(undefined);
  }

  /** Places have the size that they were seen with, and what is in them fits into what stays of them. */
  private async asSeen(
    tx: Tx,
    { changedLine: { name }, rows, leaving }: QuotedThingsChange,
    line: number,
  ): Promise<Result<void, readonly Refusal[]>> {
    const places = rows.filter(({ fromHalfUnits }) => fromHalfUnits > 0);
    const less = places.filter(
      (row) =>
        row.what === 'LEAVE' ||
        row.toHalfUnits < row.fromHalfUnits ||
        row.toPowerW < row.fromPowerW ||
        row.toWeightGrams < row.fromWeightGrams,
    );
    const things =
      less.length > 0
        ? await this.contents.kept(
            tx,
            less.map(({ subjectId }) => subjectId),
          )
        : new Map<string, never[]>();
    const found = await this.spaces.byIds(
      places.map(({ subjectId }) => subjectId),
      tx,
    );
    const now = new Map(found.map(({ holder }) => [holder.id, holder]));
    for (const row of places) {
      const holder = now.get(row.subjectId);
      const same =
        holder?.heightHalfUnits === row.fromHalfUnits &&
        holder.powerW === row.fromPowerW &&
        holder.weightGrams === row.fromWeightGrams;
      if (!holder || !same) return refuse([changedMeanwhile(name, pathOf(line, ...THINGS))]);
      const standing = things.get(row.subjectId) ?? [];
      const leaves = leaving.some(({ item }) => item.subjectId === row.subjectId);
      if (leaves && standing.length > 0)
        return refuse([
          stillStandsIn({ name, what: 'ALL', now: standing.length, least: 0 }, pathOf(line, 'localMode')),
        ]);
      const to = { heightHalfUnits: row.toHalfUnits, powerW: row.toPowerW, weightGrams: row.toWeightGrams };
      if (!leaves && tooSmallFor(holder, to, standing) !== null)
        return refuse([changedMeanwhile(name, pathOf(line, ...THINGS))]);
    }
    return ok(undefined);
  }
}

export function itemChangesOf(quotation: Quotation, lines: readonly Pick<RequestLineRow, 'id'>[]) {
  return quotation.lines.map(({ thingsChange }, at) => ({
    lineId: lines[at]?.id ?? '',
    changes: thingsChange?.rows ?? [],
  }));
}
