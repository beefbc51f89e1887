import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Memo } from '../platform/memo.js';
import { checkRules, type DebtPolicy, type DebtRule } from './domain/debt-policy.js';
import { isReason, reasonMissing } from './domain/debt-refusals.js';
import { DrDebtPolicyEntity } from './drdebts.entity.js';
import type { PolicyRow } from './drdebts.types.js';

/** Changed a few times a year; a process that did not change it hears of it this much later. */
const POLICY_LIFE_MS = 1_000;
/** Versions that the page shows; the audit has all of them. */
const VERSIONS_SHOWN = 20;

export interface PolicyWish {
  readonly rules: readonly (Omit<DebtRule, 'departmentIds'> & {
    /** undefined = an id that is none. */
    readonly departmentIds: readonly (string | undefined)[];
  })[];
  readonly reason: string;
  /** Number of the version that was looked at. */
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** By which rules a share may be owed. Every change is another version, with its reason; none is ever changed after. */
@Injectable()
export class DebtPolicies {
  constructor(
    private readonly db: DataSource,
    private readonly departments: DepartmentsService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly known = new Memo<DebtPolicy>(
    async () => {
      const [newest] = await this.versions(1);
      return newest ?? { number: 0, rules: [] };
    },
    POLICY_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  /** Asked before a unit of work begins. */
  inForce(): Promise<DebtPolicy> {
    return this.known.get();
  }

  /** The newest first; the first of them holds. */
  versions(limit = VERSIONS_SHOWN): Promise<PolicyRow[]> {
    return this.db.manager.find(DrDebtPolicyEntity, { order: { number: 'DESC' }, take: limit });
  }

  /** What is owed already stays owed: the rules say what is accepted from now on. */
  async change(viewer: Viewer, wish: PolicyWish): Promise<Result<{ number: number }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    const answer = await this.acts.perform(
      { name: 'drDebtPolicy.change', actor: viewer, idempotencyKey, input },
      async (tx) => {
        const reason = wish.reason.trim();
        const rules = wish.rules.map((rule) => ({ ...rule, departmentIds: rule.departmentIds.map((id) => id ?? '-') }));
        const wrong = [...checkRules(rules), ...(await this.unknownDepartments(tx, rules))];
        if (!isReason(reason)) wrong.push(reasonMissing());
        if (wrong.length > 0) return refuse(wrong);
        // The first version is the owner row of all: two who change the rules at once take turns, and the second is told.
        await tx.manager.findOne(DrDebtPolicyEntity, {
          where: { number: 1 },
          lock: { mode: 'pessimistic_write' },
        });
        const [before] = await tx.manager.find(DrDebtPolicyEntity, { order: { number: 'DESC' }, take: 1 });
        const current = before?.number ?? 0;
        if (current !== wish.expectedVersion) return refuse([changedMeanwhile(wish.expectedVersion, current)]);
        const number = current + 1;
        const row = { number, rules, reason, changedAt: tx.now, changedBy: viewer.name };
        await tx.manager.insert(DrDebtPolicyEntity, {
          ...row,
          rules: rules.map((rule) => ({ ...rule })),
        });
        return ok({
          value: { number },
          audit: {
            objectType: 'DrDebtPolicy',
            objectId: String(number),
            departmentId: null,
            summary: say(`调整容灾欠账规则（第 ${number} 版）`, `Change the rules of DR debts (version ${number})`),
            before: { number: current, rules: before?.rules ?? [] },
            after: { number, rules, reason },
          },
        });
      },
    );
    this.known.forget();
    return answer;
  }

  private async unknownDepartments(tx: Tx, rules: readonly DebtRule[]): Promise<Refusal[]> {
    const ids = [...new Set(rules.flatMap((rule) => rule.departmentIds))];
    const open = await this.departments.openAmong(tx, ids, 'SEEN');
    return rules.flatMap((rule, index) =>
      rule.departmentIds.some((id) => !open.has(id))
        ? [
            {
              code: 'UNKNOWN_REFERENCE' as const,
              path: ['rules', String(index), 'departmentIds'],
              message: say('没有这个使用单位，或已停用', 'There is no such department, or it is closed'),
            },
          ]
        : [],
    );
  }
}

function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: [],
    expected,
    current,
    message: say('规则刚被他人修改，请刷新后再改', 'Somebody has just changed the rules; look again before you save'),
  };
}
