import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { Memo } from '../platform/memo.js';
import {
  checkLifePolicy,
  INITIAL_LIFE_POLICY,
  LIFE_POLICY_NAMES,
  type LifePolicy,
  type LifePolicyName,
} from './domain/life-policy.js';
import { LifePolicyEntity } from './life-policy.entity.js';

/** Changed a few times a year; a process that did not change it hears of it this much later. */
const POLICY_LIFE_MS = 1_000;

export interface PolicyWish {
  readonly idempotencyKey: string;
  readonly changes: readonly {
    readonly name: LifePolicyName;
    readonly value: number;
    readonly expectedVersion: number;
  }[];
}

/** The rules of terms, reviews, bin and reclaim: read by whatever counts a day, changed by the center with audit. */
@Injectable()
export class LifePolicies {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly known = new Memo<LifePolicy>(
    async () => policyOf(await this.rows()),
    POLICY_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  /** Asked before a unit of work begins. */
  policy(): Promise<LifePolicy> {
    return this.known.get();
  }

  /** In the order of the table of names. */
  async rows(): Promise<LifePolicyEntity[]> {
    const rows = await this.db.manager.find(LifePolicyEntity);
    return rows.toSorted((a, b) => LIFE_POLICY_NAMES.indexOf(a.name) - LIFE_POLICY_NAMES.indexOf(b.name));
  }

  /** Days that were promised to somebody (an end in the bin, a notice) stay as they were promised. */
  async change(actor: Actor, wish: PolicyWish): Promise<Result<{ changed: number }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    const answer = await this.acts.perform({ name: 'lifePolicy.change', actor, idempotencyKey, input }, async (tx) => {
      // The set is judged as a whole, so it is locked as a whole.
      const rows = await tx.manager.find(LifePolicyEntity, {
        order: { name: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      const before = policyOf(rows);
      const byName = new Map(rows.map((row) => [row.name, row]));
      const stale = wish.changes.filter(({ name, expectedVersion }) => byName.get(name)?.version !== expectedVersion);
      if (stale.length > 0)
        return refuse(stale.map(({ name, expectedVersion }) => changedMeanwhile(name, expectedVersion, byName)));
      const after = { ...before, ...Object.fromEntries(wish.changes.map(({ name, value }) => [name, value])) };
      const wrong = checkLifePolicy(after);
      if (wrong.length > 0) return refuse(wrong);
      const changes = wish.changes.filter(({ name, value }) => before[name] !== value);
      for (const { name, value, expectedVersion } of changes)
        await tx.manager.update(
          LifePolicyEntity,
          { name },
          { value, version: expectedVersion + 1, changedAt: tx.now, changedBy: actor.name },
        );
      return ok({
        value: { changed: changes.length },
        audit: {
          objectType: 'LifePolicy',
          objectId: 'life',
          departmentId: null,
          summary: say(
            `调整期限与回收规则 ${changes.length} 项`,
            `Change ${changes.length} rules of terms and reclaim`,
          ),
          before: Object.fromEntries(changes.map(({ name }) => [name, before[name]])),
          after: Object.fromEntries(changes.map(({ name, value }) => [name, value])),
        },
      });
    });
    this.known.forget();
    return answer;
  }
}

/** A rule that a later version of the program brings stands at its first value until its row is there. */
function policyOf(rows: readonly LifePolicyEntity[]): LifePolicy {
  return { ...INITIAL_LIFE_POLICY, ...Object.fromEntries(rows.map((row) => [row.name, row.value])) };
}

function changedMeanwhile(
  name: LifePolicyName,
  expected: number,
  rows: ReadonlyMap<LifePolicyName, LifePolicyEntity>,
): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['values', name],
    expected,
    current: rows.get(name)?.version ?? 0,
    message: say(
      '这条规则刚被他人修改，请刷新后再改',
      'Somebody has just changed this rule; look again before you save',
    ),
  };
}
