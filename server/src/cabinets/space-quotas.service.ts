import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { Counters } from '../platform/counters/counters.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { type QuotaAsk, type QuotaSubject, quotaDeltas, type SomeAmounts, sumAmounts } from '../quotas/domain/quota.js';
import type { WantedTaking } from '../quotas/domain/taking.js';
import { QuotaLimitsService } from '../quotas/quota-limits.service.js';
import { QuotaTakings } from '../quotas/quota-takings.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { ownerChanged } from './domain/refusals.js';
import { cabinetTakes, placeTakes } from './domain/space-quota.js';
import { SpaceOwnersRepository } from './space-owners.repository.js';

/** Whose quotas are on the way of whom, looked up before the transaction. */
export interface SpaceWays {
  readonly ofDepartments: ReadonlyMap<string, readonly string[]>;
  /** What was taken in has taken its system's quotas too, and takes the same again. */
  readonly ofHolders: ReadonlyMap<string, readonly string[]>;
  readonly subjects: ReadonlyMap<string, QuotaSubject>;
}

/** What was changed: single places, or whole cabinets with all that stands in them. */
export interface Places {
  readonly holderIds?: readonly string[];
  readonly cabinetIds?: readonly string[];
}

type Settled = Result<
  {
    /** false = everything had taken what it ought to. */
    readonly changed: boolean;
    readonly settleLast: () => Promise<void>;
  },
  readonly Refusal[]
>;

/**
 * What places in cabinets, and cabinets that are wholly a department's, take of quotas. Settled after each change to what
 * stands there then: whoever changes a place need not know what it took before.
 */
@Injectable()
export class SpaceQuotas {
  constructor(
    private readonly repository: SpaceOwnersRepository,
    private readonly quotas: QuotasService,
    private readonly limits: QuotaLimitsService,
    private readonly takings: QuotaTakings,
    private readonly counters: Counters,
  ) {}

  /** Before the transaction: opens counters for the departments, and learns what the holders took when they took last. */
  async waysOf(
    departmentIds: readonly (string | null)[],
    { holderIds = [], cabinetIds = [] }: Places,
  ): Promise<SpaceWays> {
    const owners = await this.repository.ownersOf(holderIds, cabinetIds);
    const ids = new Set([...departmentIds, ...owners.map((owner) => owner.departmentId)].filter((id) => id !== null));
    const ofHolders = await this.takings.lastWaysOf(owners.map((owner) => owner.id));
    const subjects = new Map<string, QuotaSubject>();
    for (const subject of await this.limits.subjectsOf([...new Set([...ofHolders.values()].flat())]))
      subjects.set(subject.id, subject);
    const ofDepartments = new Map<string, readonly string[]>();
    for (const departmentId of ids) {
      const levels = await this.quotas.readyLevelsOf({ departmentId, system: null, project: null });
      for (const level of levels) subjects.set(level.id, level);
      ofDepartments.set(
        departmentId,
        levels.map((level) => level.id),
      );
    }
    return { ofDepartments, ofHolders, subjects };
  }

  /** The same for the thing that a planned move is of. */
  async waysOfPlan(planId: string): Promise<SpaceWays> {
    return this.waysOf([], { holderIds: await this.repository.thingOfPlan(planId) });
  }

  /**
   * After the places were written, in the same transaction: takes and gives back what the change makes due. Refused with
   * each limit that is too small (QUOTA_SHORTAGE), and where the ways speak of another owner than there is now: they were
   * looked up before the act, so that running it again would not help. `settleLast` moves the counters, last.
   */
  async settle(tx: Tx, ways: SpaceWays, places: Places): Promise<Settled> {
    const due = [...(await this.ofHolders(tx, ways, places)), ...(await this.ofCabinets(tx, ways, places))];
    const wanted = due.map(wantedOf);
    if (!wanted.every((one) => one !== null)) return refuse([ownerChanged()]);
    const { taken, givenBack } = await this.takings.exchange(tx, wanted);
    const deltas = quotaDeltas(taken, givenBack);
    const asks = deltas.flatMap(({ subjectId, amounts }): QuotaAsk[] => {
      const subject = ways.subjects.get(subjectId);
      const more = Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount > 0));
      return subject && Object.keys(more).length > 0 ? [{ subject, amounts: sumAmounts([more]) }] : [];
    });
    const { shortages } = await this.quotas.fitEach(asks, tx);
    if (shortages.length > 0) return refuse(shortages);
    return ok({
      changed: taken.length + givenBack.length > 0,
      settleLast: async () => {
        if (!(await this.counters.moveAll(tx, deltas))) throw new WriteConflict('a quota was taken meanwhile');
      },
    });
  }

  /** Of these and of what stands in the cabinets; what has gone has taken nothing. */
  private async ofHolders(tx: Tx, ways: SpaceWays, { holderIds = [], cabinetIds = [] }: Places): Promise<Due[]> {
    const found = await this.repository.holdersWithOwners(tx, holderIds, cabinetIds);
    const there = new Map(found.map((one) => [one.holder.id, one]));
    return [...new Set([...holderIds, ...there.keys()])].map((subjectId) => {
      const one = there.get(subjectId);
      const amounts = one ? placeTakes(one.holder, one.cabinet) : null;
      const way = ways.ofHolders.get(subjectId) ?? ways.ofDepartments.get(one?.holder.departmentId ?? '');
      return { subjectId, amounts, way };
    });
  }

  private async ofCabinets(tx: Tx, ways: SpaceWays, { cabinetIds = [] }: Places): Promise<Due[]> {
    return (await this.repository.cabinetsIn(tx, cabinetIds)).map((cabinet) => {
      const amounts = cabinetTakes(cabinet);
      const way = ways.ofDepartments.get(cabinet.departmentId ?? '');
      return { subjectId: cabinet.id, amounts, way };
    });
  }
}

/** What something ought to have taken, and of which quotas; undefined = nobody looked up whose it is now. */
interface Due {
  readonly subjectId: string;
  readonly amounts: SomeAmounts | null;
  readonly way: readonly string[] | undefined;
}

/** null = nobody knows of which quotas. */
function wantedOf({ subjectId, amounts, way }: Due): WantedTaking | null {
  if (amounts === null) return { subjectId, wanted: null };
  return way ? { subjectId, wanted: { quotaIds: way, amounts } } : null;
}

/** What was settled as the last step of an act. */
export function lastOf({ settleLast }: { readonly settleLast: () => Promise<void> }) {
  return async (): Promise<Result<undefined, never>> => {
    await settleLast();
    return ok(undefined);
  };
}
