import { Injectable } from '@nestjs/common';
import type { AuditFact } from '../audit/audit.types.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { QuotaMeter, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { Counters } from '../platform/counters/counters.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { checkTogether } from './domain/limits-together.js';
import { type LimitWish, type QuotaState, type QuotaSubject, UNLIMITED } from './domain/quota.js';
import { QuotaLimitsService } from './quota-limits.service.js';
import { QuotasRepository } from './quotas.repository.js';
import { QuotasService } from './quotas.service.js';

export interface WishedQuota {
  readonly subject: QuotaSubject;
  readonly limits: LimitWish;
}

/** Whose quotas stand around one department's; read before the transaction that sets them. */
export interface QuotasAround {
  /** The top department first. */
  readonly above: readonly QuotaSubject[];
  readonly own: QuotaSubject;
  readonly beneath: readonly QuotaSubject[];
}

export interface SetQuotas {
  /** One for each quota that was set, beside the act's own. */
  readonly audits: readonly AuditFact[];
  /** Moves the limits; the last statements before commit. */
  readonly setLast: () => Promise<void>;
}

/** Limits of one department, its systems and those above it, set together by a decision that was made elsewhere. */
@Injectable()
export class QuotaSettings {
  constructor(
    private readonly repository: QuotasRepository,
    private readonly quotas: QuotasService,
    private readonly limits: QuotaLimitsService,
    private readonly counters: Counters,
    private readonly departments: DepartmentsService,
  ) {}

  /** `systems` are those that the decision speaks of; other quotas beneath are found. */
  async around(departmentId: string, systems: readonly QuotaSubject[]): Promise<QuotasAround> {
    const lineage = await this.departments.lineage(departmentId);
    const subjects = lineage.map(({ id, name }): QuotaSubject => ({ level: 'DEPARTMENT', id, name, departmentId: id }));
    const own = subjects.at(-1);
    if (!own) throw new Error(`there is no department ${departmentId}`);
    const rows = await this.repository.ofDepartments(await this.departments.treeIds(departmentId));
    const named = new Set(systems.map(({ id }) => id));
    const others = await this.limits.subjectsOf(
      rows.map((row) => row.subjectId).filter((id) => id !== own.id && !named.has(id)),
    );
    return { above: subjects.slice(0, -1), own, beneath: [...systems, ...others] };
  }

  /** What stands in the way, as things are now. */
  async objections(wishes: readonly WishedQuota[], around: QuotasAround, tx?: Tx): Promise<Refusal[]> {
    return checkTogether(
      wishes.map(({ subject, limits }) => ({ subjectId: subject.id, limits })),
      await this.statesAround(around, tx),
    );
  }

  /**
   * Takes its turn in the department's tree, checks, and says what is to be done last. The wishes are decided on the
   * states as they are within the turn.
   */
  async set(
    tx: Tx,
    around: QuotasAround,
    decide: (states: ReadonlyMap<string, QuotaState>) => readonly WishedQuota[],
    why: Bilingual,
  ): Promise<Result<SetQuotas, readonly Refusal[]>> {
    const all = [...around.above, around.own, ...around.beneath];
    await this.quotas.open(tx, all);
    await this.repository.lockTree(tx, (around.above[0] ?? around.own).id);
    const states = new Map((await this.quotas.statesOf(all, tx.manager)).map((state) => [state.subject.id, state]));
    const wishes = decide(states).toSorted((a, b) => (a.subject.id < b.subject.id ? -1 : 1));
    const refusals = await this.objections(wishes, around, tx);
    if (refusals.length > 0) return refuse(refusals);
    for (const { subject } of wishes)
      await this.repository.setVersion(tx, subject.id, (await this.repository.versionOf(tx, subject.id)) + 1);
    return ok({
      audits: wishes.map(({ subject, limits }) => ({
        objectType: 'Quota',
        objectId: subject.id,
        departmentId: subject.departmentId,
        summary: say(`${why.zh}：${subject.name} 的用云定额`, `${why.en}: the quota of ${subject.name}`),
        before: limitsOf(states.get(subject.id), limits),
        after: limits,
      })),
      setLast: async () => {
        for (const { subject, limits } of wishes)
          for (const [meter, limit] of Object.entries(limits) as [QuotaMeter, number | null][])
            if (!(await this.counters.setLimit(tx, 'QUOTA', subject.id, meter, limit ?? UNLIMITED)))
              throw new WriteConflict(`more of ${meter} was taken meanwhile`);
      },
    });
  }

  private async statesAround({ above, own, beneath }: QuotasAround, tx?: Tx) {
    const states = await this.quotas.statesOf([...above, own, ...beneath], tx?.manager);
    return {
      above: states.slice(0, above.length),
      own: states[above.length] as QuotaState,
      beneath: states.slice(above.length + 1),
    };
  }
}

/** Those meters that change, as they were. */
function limitsOf(state: QuotaState | undefined, changed: LimitWish): LimitWish {
  return Object.fromEntries(
    (Object.keys(changed) as QuotaMeter[]).map((meter) => {
      const limit = state?.meters[meter]?.limit ?? UNLIMITED;
      return [meter, limit === UNLIMITED ? null : limit];
    }),
  );
}
