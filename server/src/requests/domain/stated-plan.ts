/** Decides what a request keeps of its plan for those who read it later: its quotas as a criterion, and the pools compared. */
import { HELD_WORDS, type HeldRow, heldFigure } from '../../allocation/domain/held-cap.js';
import { CANDIDATES_KEPT_MAX } from '../../allocation/domain/placement.js';
import type { Candidate, Check } from '../../allocation/domain/placement-facts.js';
import type { PlannedLine, RequestPlan } from '../../allocation/domain/request-plan.js';
import { say } from '../../kernel/bilingual.js';
import { type FitRow, figure, METER_WORDS, type QuotaFit } from '../../quotas/domain/quota.js';

/**
 * P19 stands in the list of every line: the quotas are asked for all of them together. `beyond` = so many things draw none,
 * because their department pays for them.
 */
export function withQuotas(plan: RequestPlan, quotas: QuotaFit, beyond = 0): RequestPlan {
  const check = quotaCheck(quotas, beyond);
  return { ...plan, lines: plan.lines.map((line) => ({ ...line, checks: [...line.checks, check] })) };
}

/** P22 likewise; nothing is said where nothing is capped. */
export function withHeldCap(plan: RequestPlan, rows: readonly HeldRow[]): RequestPlan {
  const [tightest] = rows.toSorted((a, b) => partOf(b) - partOf(a));
  if (!tightest) return plan;
  const { meter, held, requested, cap } = tightest;
  const [zh, en] = [HELD_WORDS[meter].zh, HELD_WORDS[meter].en];
  const [h, r, c] = [heldFigure(meter, held), heldFigure(meter, requested), heldFigure(meter, cap)];
  const check: Check = {
    criterion: 'P22',
    text: say('本单位预占未超上限', 'The department holds no more than it may at once'),
    passed: rows.every(({ fits }) => fits),
    figures: say(
      `最紧的是${zh}：其他申请单已预占 ${h}，本单需 ${r}，上限 ${c}`,
      `the tightest is ${en}: its other requests hold ${h}, asked ${r}, cap ${c}`,
    ),
  };
  return { ...plan, lines: plan.lines.map((line) => ({ ...line, checks: [...line.checks, check] })) };
}

/** Of the cap, with this request; what is refused comes first. */
function partOf({ held, requested, cap, fits }: HeldRow): number {
  return (held + requested) / cap + (fits ? 0 : 1_000);
}

function quotaCheck({ rows, shortages }: QuotaFit, beyond: number): Check {
  if (beyond > 0 && shortages.length === 0)
    return {
      criterion: 'P19',
      text: say('超出定额的由单位自付', 'What goes beyond the quotas is paid by its department'),
      passed: true,
      figures: say(
        `${beyond} 项不占定额，由本单位预算支付`,
        `${beyond} draw no quota and are paid from its own budget`,
      ),
    };
  const tightest = rows.reduce<FitRow | null>(
    (least, row) => (least === null || partLeft(row) < partLeft(least) ? row : least),
    null,
  );
  return {
    criterion: 'P19',
    text: say('各级用云定额够', 'Every quota on the way has room'),
    passed: shortages.length === 0,
    figures:
      tightest === null
        ? say('未设定额', 'no quota is set')
        : say(
            `最紧的是${tightest.subject.name}的${METER_WORDS[tightest.meter].zh}：本单需 ${figure(tightest.meter, tightest.requested)}，余 ${figure(tightest.meter, tightest.left)}`,
            `the tightest is ${METER_WORDS[tightest.meter].en} of ${tightest.subject.name}: asked ${figure(tightest.meter, tightest.requested)}, left ${figure(tightest.meter, tightest.left)}`,
          ),
  };
}

/** What would be left of the limit. */
function partLeft({ limit, left, requested }: FitRow): number {
  return limit > 0 ? (left - requested) / limit : left - requested;
}

/** Of all its shares, the best first; null = none of machines. */
export function comparedFor(line: Pick<PlannedLine, 'shares'>): readonly Candidate[] | null {
  const all = line.shares.flatMap(({ candidates }) => candidates);
  if (all.length === 0) return null;
  return all
    .toSorted((a, b) => Number(b.taken > 0) - Number(a.taken > 0) || (b.score ?? -1) - (a.score ?? -1))
    .slice(0, CANDIDATES_KEPT_MAX);
}
