import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { CabinetBook } from './domain/book.js';
import { unknownHolder } from './domain/refusals.js';
import { SpaceRepository } from './space.repository.js';
import type { Description, Spot } from './space.types.js';
import { SpaceBooks } from './space-books.service.js';
import { SpaceOwnersRepository } from './space-owners.repository.js';

const REFUSALS_MAX = 100;

/** What stands in cabinets is told of by records of later features; when those say something else, the place follows. */
@Injectable()
export class HolderDescriptions {
  constructor(
    private readonly repository: SpaceRepository,
    private readonly owners: SpaceOwnersRepository,
    private readonly books: SpaceBooks,
  ) {}

  /**
   * What the records of things say of them anew: whose they are, what they are called, draw and weigh. The places planned
   * for them follow. Refused as placing is: by a cabinet of another department, by power, by weight.
   */
  async describe(tx: Tx, descriptions: readonly Description[]): Promise<Result<void, readonly Refusal[]>> {
    const { book, plans } = await this.books.openWithPlans(tx, idsOf(descriptions));
    const refusals = write(book, plans, descriptions);
    if (refusals.length > 0) return refuse(refusals.slice(0, REFUSALS_MAX));
    const since = new Map(descriptions.flatMap((each) => (each.since ? [[each.holderId, each.since] as const] : [])));
    await this.repository.save(tx, book.changes(), since);
    return ok(undefined);
  }

  /** What would stand in the way of describing them so now. Locks and writes nothing, so it promises nothing either. */
  async objections(tx: Tx, descriptions: readonly Description[]): Promise<readonly Refusal[]> {
    const { book, plans } = await this.books.peekWithPlans(tx, idsOf(descriptions));
    return write(book, plans, descriptions).slice(0, REFUSALS_MAX);
  }

  /** Where these stand now; one that has ended is absent. */
  spotsOf(holderIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, Spot>> {
    return this.owners.spotsOf(holderIds, tx?.manager);
  }

  /** The things with a record of their own among these holders; their records are locked before any cabinet is. */
  subjectsOf(tx: Tx, holderIds: readonly string[]): Promise<string[]> {
    return this.owners.subjectsOf(tx, holderIds);
  }

  /** The thing that each plan is for; null = it is no live plan. */
  plannedFor(tx: Tx, planId: string): Promise<string | null> {
    return this.repository.plannedFor(tx, planId);
  }
}

function idsOf(descriptions: readonly Description[]): string[] {
  return descriptions.map((each) => each.holderId);
}

/** Writes them into the book, and gives what it refuses. `plans` = those for each of the holders. */
function write(
  book: CabinetBook,
  plans: ReadonlyMap<string, readonly string[]>,
  descriptions: readonly Description[],
): Refusal[] {
  return descriptions.flatMap(({ holderId, path = [], since: _since, ...words }) => {
    const holder = book.holder(holderId);
    if (!holder) return [unknownHolder(path)];
    const { departmentId, label, powerW, weightGrams } = { ...holder, ...words };
    const described = [
      book.describe(holderId, { departmentId, label, powerW, weightGrams }, path),
      ...(plans.get(holderId) ?? []).map((planId) => {
        // Within one cabinet it draws and weighs once, wherever it stands.
        const same = book.holder(planId)?.cabinetId === holder.cabinetId;
        const load = same ? { powerW: 0, weightGrams: 0 } : { powerW, weightGrams };
        return book.describe(planId, { departmentId, label, ...load }, path);
      }),
    ];
    return described.flatMap((one) => (one.ok ? [] : one.error));
  });
}
