import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DepartmentsService } from '../departments/departments.service.js';
import type { QuotaMeter } from '../kernel/refusal.js';
import { Counters } from '../platform/counters/counters.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { HELD_IN_QUOTAS, type HeldInQuotas } from './domain/held-in-quotas.js';
import {
  type MeterState,
  NO_LIMITS,
  type QuotaAmounts,
  type QuotaAsk,
  type QuotaFit,
  type QuotaState,
  type QuotaSubject,
  quotaFit,
  type SomeAmounts,
  sumAmounts,
} from './domain/quota.js';
import { QuotaTakings } from './quota-takings.service.js';
import { QuotasRepository } from './quotas.repository.js';
import type { QuotaFigures } from './quotas.types.js';

/** What is asked for whom: the quota of every level on the way is taken, the department's with all above it. */
export interface QuotaWay {
  readonly departmentId: string;
  /** null = it is the department's alone, as a device that it brought is. */
  readonly system: { readonly id: string; readonly name: string } | null;
  /** null = no project pays for it, so that there is no such level. A project may be another department's. */
  readonly project: { readonly id: string; readonly name: string; readonly departmentId: string } | null;
}

const METERS = Object.keys(NO_LIMITS).length;
/** Some megabytes; then it is learned anew. */
const OPENED_REMEMBERED_MAX = 50_000;

/** What every later feature asks and takes of quotas. Who sets limits asks quota-limits.service.ts. */
@Injectable()
export class QuotasService {
  /** Quotas that are known to have their counters; none is ever taken away. */
  private readonly opened = new Set<string>();

  constructor(
    private readonly repository: QuotasRepository,
    private readonly counters: Counters,
    private readonly departments: DepartmentsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly takings: QuotaTakings,
    @Inject(HELD_IN_QUOTAS) private readonly held: HeldInQuotas,
  ) {}

  /**
   * The levels on the way, the top department first. Read before the transaction: who belongs to whom hardly changes.
   * A project's quota stays in its own department's tree, whoever's system it pays for: there it is counted, and there
   * its limit is set in turn with the others.
   */
  async levelsOf({ departmentId, system, project }: QuotaWay): Promise<QuotaSubject[]> {
    const above = await this.departments.lineage(departmentId);
    return [
      ...above.map(({ id, name }): QuotaSubject => ({ level: 'DEPARTMENT', id, name, departmentId: id })),
      ...(system ? [{ level: 'SYSTEM' as const, id: system.id, name: system.name, departmentId }] : []),
      ...(project ? [{ level: 'PROJECT' as const, ...namedOf(project) }] : []),
    ];
  }

  /** Whether it fits now, on every level. Nothing is taken. `own` = what the asker holds already, by quota. */
  async fit(
    levels: readonly QuotaSubject[],
    asked: SomeAmounts,
    own?: ReadonlyMap<string, SomeAmounts>,
  ): Promise<QuotaFit> {
    return quotaFit(await this.statesOf(levels), asked, own);
  }

  /**
   * The levels on the way, with counters for each, before the transaction that will take. In one of its own: opened
   * within many takers' transactions at once, the new rows would be waited for in a circle.
   */
  async readyLevelsOf(way: QuotaWay): Promise<QuotaSubject[]> {
    const levels = await this.levelsOf(way);
    const unknown = levels.filter(({ id }) => !this.opened.has(id));
    if (unknown.length === 0) return levels;
    const missing = (await this.statesOf(unknown)).filter(({ meters }) => Object.keys(meters).length < METERS);
    if (missing.length > 0)
      await this.unitOfWork.run((tx) =>
        this.open(
          tx,
          missing.map((state) => state.subject),
        ),
      );
    if (this.opened.size > OPENED_REMEMBERED_MAX) this.opened.clear();
    for (const { id } of unknown) this.opened.add(id);
    return levels;
  }

  /**
   * Whether it fits, inside the transaction that will take. The caller refuses with `shortages`, or moves `quotaDeltas`
   * with its own counters in one `Counters.moveAll`, last; a move that is lost there throws WriteConflict, and this is
   * asked again.
   */
  async fitWithin(
    tx: Tx,
    levels: readonly QuotaSubject[],
    asked: SomeAmounts,
    own?: ReadonlyMap<string, SomeAmounts>,
  ): Promise<QuotaFit> {
    return quotaFit(await this.statesOf(levels, tx.manager), asked, own);
  }

  /** Whether what each of these levels is asked fits it: of many takers at once, whose ways meet in some levels. */
  async fitEach(asks: readonly QuotaAsk[], tx?: Tx): Promise<QuotaFit> {
    const states = await this.statesOf(
      asks.map((ask) => ask.subject),
      tx?.manager,
    );
    const fits = asks.map((ask, at) => quotaFit(states.slice(at, at + 1), ask.amounts));
    return { rows: fits.flatMap((fit) => fit.rows), shortages: fits.flatMap((fit) => fit.shortages) };
  }

  /** From here to commit no other of this department is judged by what all of its requests take together. */
  async takeTurn(tx: Tx, departmentId: string): Promise<void> {
    await this.repository.lock(tx, departmentId);
  }

  /** Opens counters without a limit where there are none. */
  async open(tx: Tx, subjects: readonly QuotaSubject[]): Promise<void> {
    await this.repository.open(tx, subjects);
    await this.counters.openMissing(
      tx,
      'QUOTA',
      subjects.map((subject) => subject.id),
      NO_LIMITS,
    );
  }

  async statesOf(subjects: readonly QuotaSubject[], manager?: EntityManager): Promise<QuotaState[]> {
    const ids = subjects.map((subject) => subject.id);
    const rows = await this.counters.read<QuotaMeter>('QUOTA', ids, manager);
    const bySubject = Map.groupBy(rows, (row) => row.subjectId);
    return subjects.map((subject) => ({ subject, meters: metersOf(bySubject.get(subject.id) ?? []) }));
  }

  /** Batch for loaders: what each quota says; of a subject that nobody asked for yet, that nothing is limited or used. */
  figures = async (subjectIds: readonly string[]): Promise<QuotaFigures[]> => {
    const [rows, counters, claimed, taken] = await Promise.all([
      this.repository.byIds(subjectIds),
      this.counters.read<QuotaMeter>('QUOTA', subjectIds),
      this.held.heldInQuotas(subjectIds),
      this.takings.heldInQuotas(subjectIds),
    ]);
    const versions = new Map(rows.map((row) => [row.subjectId, row.version]));
    const bySubject = Map.groupBy(counters, (row) => row.subjectId);
    return subjectIds.map((id) => ({
      version: versions.get(id) ?? 0,
      meters: metersOf(bySubject.get(id) ?? []),
      held: sumAmounts([claimed.get(id) ?? {}, taken.get(id) ?? {}]),
    }));
  };

  /** Takes in quotas with their limits, as the demonstration does; the caller knows that they are within each other. */
  async add(
    tx: Tx,
    quotas: readonly { readonly subject: QuotaSubject; readonly limits: QuotaAmounts }[],
  ): Promise<void> {
    await this.repository.open(
      tx,
      quotas.map((quota) => quota.subject),
    );
    await this.counters.openAll(
      tx,
      'QUOTA',
      quotas.map(({ subject, limits }) => ({ subjectId: subject.id, limits })),
    );
  }
}

function namedOf({ id, name, departmentId }: Omit<QuotaSubject, 'level'>): Omit<QuotaSubject, 'level'> {
  return { id, name, departmentId };
}

function metersOf(rows: readonly { readonly meter: QuotaMeter; readonly limit: number; readonly live: number }[]): {
  readonly [M in QuotaMeter]?: MeterState;
} {
  return Object.fromEntries(rows.map(({ meter, limit, live }) => [meter, { limit, live }]));
}
