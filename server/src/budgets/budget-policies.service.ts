import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Reading } from '../platform/database/unit-of-work.js';
import { checkRule, type ThresholdRule, USUAL_RULE } from './domain/thresholds.js';

/** A rule as it was set down. */
export interface KeptRule extends ThresholdRule {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

export interface SetRuleWish extends ThresholdRule {
  readonly idempotencyKey: string;
  readonly reason: string;
}

/** 预警与控制规则: versions that follow each other; the one in force is that whose day came last. */
@Injectable()
export class BudgetPolicies {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async inForce(now: Date = this.clock.now(), reading: Reading = this.db): Promise<ThresholdRule> {
    const [rule] = await this.read(
      'where from_day <= ? order by from_day desc, id desc limit 1',
      [calendarDate(now)],
      reading,
    );
    return rule ?? USUAL_RULE;
  }

  /** The newest first. */
  all(): Promise<KeptRule[]> {
    return this.read('order by from_day desc, id desc', [], this.db);
  }

  /** Puts another in force from a day on. */
  set(actor: Actor, scope: TenantScope, wish: SetRuleWish): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'budget.setThresholds', actor, idempotencyKey, input }, async (tx) => {
      if (scope.kind !== 'PROVINCE') return refuse([ofProvince()]);
      const wrong = checkRule(wish, wish.reason, calendarDate(tx.now));
      if (wrong.length > 0) return refuse(wrong);
      const id = newId(tx.now.getTime());
      const { from, warnPercents, blockPercent, reason } = wish;
      await tx.manager.query(
        `insert into budget_policy (id, from_day, warn_percents, block_percent, reason, set_by, set_at) values (?)`,
        [[id, from, warnPercents.join(','), blockPercent, reason.trim(), actor.name, tx.now]],
      );
      const block =
        blockPercent === null
          ? say('不暂停新申请', 'new requests go on')
          : say(`${blockPercent}% 暂停新申请`, `new requests stop at ${blockPercent}%`);
      return ok({
        value: { id },
        audit: {
          objectType: 'BudgetPolicy',
          objectId: id,
          departmentId: null,
          summary: say(
            `自 ${from} 起预算预警 ${warnPercents.join('、')}%，${block.zh}`,
            `From ${from} on budgets warn at ${warnPercents.join(', ')}%, ${block.en}`,
          ),
          after: input,
        },
      });
    });
  }

  private async read(rest: string, values: readonly unknown[], { manager }: Reading): Promise<KeptRule[]> {
    const rows: PolicyRow[] = await manager.query(`select * from budget_policy ${rest}`, [...values]);
    return rows.map((row) => ({
      id: row.id,
      from: row.from_day,
      warnPercents: row.warn_percents === '' ? [] : row.warn_percents.split(',').map(Number),
      blockPercent: row.block_percent === null ? null : Number(row.block_percent),
      ...{ reason: row.reason, by: row.set_by, at: row.set_at },
    }));
  }
}

interface PolicyRow {
  readonly id: string;
  readonly from_day: CalendarDate;
  readonly warn_percents: string;
  readonly block_percent: number | null;
  readonly reason: string;
  readonly set_by: string;
  readonly set_at: Date;
}

function ofProvince(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'LEVEL_OF_PROVINCE',
    message: say('预警规则由省财政制定', 'The rule is set by the province’s finance office'),
  };
}
