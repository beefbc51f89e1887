/** Decides what keeps a month from being closed, what must be explained first, and whether a request to close it may be made. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/**
 * NOT_OVER: the month still runs. EARLIER_OPEN: an earlier month is not closed. SWEEP_BEHIND: metering has not passed over
 * everything since the month's end. LATE_FACTS: facts of the month were written since the last whole pass. UNPRICED: lines
 * without a price. LINE_DISPUTES, DELIVERY_DISPUTES: what is suspended and not charged. UNCONFIRMED: statements that their
 * departments have not confirmed at this amount. OVER_RUNS: budgets that past use has run over.
 */
export const CHECKLIST_ITEMS = [
  'NOT_OVER',
  'EARLIER_OPEN',
  'SWEEP_BEHIND',
  'LATE_FACTS',
  'UNPRICED',
  'LINE_DISPUTES',
  'DELIVERY_DISPUTES',
  'UNCONFIRMED',
  'OVER_RUNS',
] as const;
export type ChecklistItem = (typeof CHECKLIST_ITEMS)[number];

/** An over-run of past use is explained and never refused (design §8); nor is one department's silence the province's. */
const EXPLAINABLE: ReadonlySet<ChecklistItem> = new Set([
  'LINE_DISPUTES',
  'DELIVERY_DISPUTES',
  'UNCONFIRMED',
  'OVER_RUNS',
]);

export const CHECK_RESULTS = ['CLEAR', 'EXPLAIN', 'BLOCKS'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

export interface Check {
  readonly item: ChecklistItem;
  readonly result: CheckResult;
  readonly count: number;
  /** Up to a few names of what is meant. */
  readonly examples: readonly string[];
  /** What whoever asked for the close says to it; null = nothing (yet). */
  readonly explanation: string | null;
}

export type ChecklistFacts = {
  readonly [I in ChecklistItem]: { readonly count: number; readonly examples?: readonly string[] };
};

/** A sentence; longer reasons belong into a file. */
export const EXPLANATION_LENGTH_MAX = 300;
const EXAMPLES_MAX = 5;

export interface Explanation {
  readonly item: string;
  readonly text: string;
}

export function checklistOf(facts: ChecklistFacts, explanations: readonly Explanation[] = []): Check[] {
  const said = new Map(explanations.map(({ item, text }) => [item, text.trim()]));
  return CHECKLIST_ITEMS.map((item) => {
    const { count, examples = [] } = facts[item];
    const result: CheckResult = count === 0 ? 'CLEAR' : EXPLAINABLE.has(item) ? 'EXPLAIN' : 'BLOCKS';
    const explanation = result === 'EXPLAIN' ? said.get(item) || null : null;
    return { item, result, count, examples: examples.slice(0, EXAMPLES_MAX), explanation };
  });
}

/** None = it may be asked for. */
export function refusalsToClose(checks: readonly Check[]): Refusal[] {
  return checks.flatMap((check): Refusal[] => {
    const { count, explanation, item, result } = check;
    if (result === 'BLOCKS')
      return [{ code: 'CLOSING_BLOCKED', path: ['month'], item, count, message: BLOCKED[item] ?? FALLBACK }];
    if (result !== 'EXPLAIN') return [];
    if (explanation !== null && explanation.length <= EXPLANATION_LENGTH_MAX) return [];
    return [
      {
        code: 'INVALID_INPUT',
        path: ['explanations', item],
        rule: explanation === null ? 'required' : 'length',
        message: say(
          `请对该事项作出说明，最多 ${EXPLANATION_LENGTH_MAX} 字`,
          `Explain this in at most ${EXPLANATION_LENGTH_MAX} characters`,
        ),
      },
    ];
  });
}

/** An approver signs for what the checklist said: a new blocking item, or more to explain than was explained, is another list. */
export function stillStands(signed: readonly Check[], now: readonly Check[]): boolean {
  return now.every(({ count, item, result }) => {
    if (result === 'BLOCKS') return false;
    return count <= (signed.find((check) => check.item === item)?.count ?? 0);
  });
}

const FALLBACK = say('检查清单未通过', 'The checklist does not allow it');
const BLOCKED: { readonly [I in ChecklistItem]?: ReturnType<typeof say> } = {
  NOT_OVER: say('该月尚未结束，不能结账', 'The month is not over yet'),
  EARLIER_OPEN: say('请先结清更早的月份', 'Close the earlier months first'),
  SWEEP_BEHIND: say(
    '计量尚未覆盖到月末，请等待下一轮计量完成后再试',
    'Metering has not passed the end of the month; wait for its next round',
  ),
  LATE_FACTS: say(
    '有补记的资源变动尚未计量，请等待下一轮计量完成后再试',
    'Facts were written late and are not metered yet; wait for the next round',
  ),
  UNPRICED: say('有明细缺少计费标准，请先补录价格', 'Some lines have no price; fill the gap in the price book first'),
};
