import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { Memo } from '../platform/memo.js';
import { type Handling, type HandlingRules, wrongClasses } from './domain/drift-policy.js';
import { isReason, reasonMissing } from './domain/drift-refusals.js';
import type { FieldClass } from './domain/field-class.js';
import { DriftPolicyEntity } from './drift.entity.js';

/** Changed a few times a year; a process that did not change it hears of it this much later. */
const POLICY_LIFE_MS = 1_000;
/** Versions that the page shows; the audit has all of them. */
const VERSIONS_SHOWN = 20;

export interface DriftPolicyRow {
  readonly number: number;
  readonly rules: HandlingRules;
  readonly reason: string;
  readonly changedAt: Date;
  readonly changedBy: string;
}

export interface DriftPolicyWish {
  readonly rules: { readonly [C in FieldClass]?: Handling };
  readonly reason: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** What becomes of foreign edits, class by class. Every change is another version, with its reason; none is changed after. */
@Injectable()
export class DriftPolicies {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly known = new Memo<DriftPolicyRow>(
    async () => {
      const [newest] = await this.versions(1);
      if (!newest) throw new Error('no rules of drift are there: a migration makes the first');
      return newest;
    },
    POLICY_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  /** Asked before a unit of work begins. */
  inForce(): Promise<DriftPolicyRow> {
    return this.known.get();
  }

  /** The newest first; the first of them holds. */
  versions(limit = VERSIONS_SHOWN): Promise<DriftPolicyRow[]> {
    return this.db.manager.find(DriftPolicyEntity, { order: { number: 'DESC' }, take: limit });
  }

  /** What stands already keeps the handling that it was given. */
  async change(viewer: Viewer, wish: DriftPolicyWish): Promise<Result<{ number: number }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    const answer = await this.acts.perform(
      { name: 'driftPolicy.change', actor: viewer, idempotencyKey, input },
      async (tx) => {
        const reason = wish.reason.trim();
        const wrong: Refusal[] = wrongClasses(wish.rules).map(wrongClass);
        if (!isReason(reason)) wrong.push(reasonMissing());
        if (wrong.length > 0) return refuse(wrong);
        // The first version is the owner row of all: two who change the rules at once take turns, and the second is told.
        await tx.manager.findOne(DriftPolicyEntity, { where: { number: 1 }, lock: { mode: 'pessimistic_write' } });
        const [before] = await tx.manager.find(DriftPolicyEntity, { order: { number: 'DESC' }, take: 1 });
        const current = before?.number ?? 0;
        if (current !== wish.expectedVersion) return refuse([changedMeanwhile(wish.expectedVersion, current)]);
        const number = current + 1;
        const rules = wish.rules as HandlingRules;
        await tx.manager.insert(DriftPolicyEntity, {
          ...{ number, reason, changedAt: tx.now, changedBy: viewer.name },
          rules: { ...rules },
        });
        return ok({
          value: { number },
          audit: {
            objectType: 'DriftPolicy',
            objectId: String(number),
            departmentId: null,
            summary: say(`调整配置漂移规则（第 ${number} 版）`, `Change the rules of drift (version ${number})`),
            before: { number: current, rules: before?.rules ?? {} },
            after: { number, rules, reason },
          },
        });
      },
    );
    this.known.forget();
    return answer;
  }
}

function wrongClass(fieldClass: FieldClass): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['rules', fieldClass],
    rule: 'handling',
    message: say(
      '每类字段都须有规则；身份与隔离不得忽略',
      'Every class of fields needs a rule; identity and boundaries are never passed over',
    ),
  };
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
