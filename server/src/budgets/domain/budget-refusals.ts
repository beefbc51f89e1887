/** Decides which changes of a budget are refused, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Fen } from '../../kernel/money.js';
import type { InputPath, InvalidInput, Refusal } from '../../kernel/refusal.js';
import type { TenantScope } from '../../kernel/viewer.js';
import type { BudgetLevel } from '../../systems/domain/system.js';
import { AMOUNT_FEN_MAX, availableOf, type Budget, budgetShortage, lesser } from './budget.js';

/** Less than what is promised already, or than what the items have got, cannot be left. */
export function whatIsShort(budget: Budget, change: Fen): Refusal | null {
  if (change >= 0n) return null;
  const free = availableOf(budget);
  const notAllotted = budget.amount - budget.allotted;
  const least = lesser(free, notAllotted);
  return least + change < 0n ? budgetShortage(budget, least, -change, ['change']) : null;
}

export function checkChange(change: Fen): InvalidInput[] {
  if (change !== 0n && change >= -AMOUNT_FEN_MAX && change <= AMOUNT_FEN_MAX) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path: ['change'],
      rule: 'range',
      message: say('调整额不能为零，也不能超过十万亿元', 'A change is not zero and at most ten trillion yuan'),
    },
  ];
}

/** A city opens and adjusts what is of a city's or a county's level; money of the province's level is the province's. */
export function beyondLevel(scope: TenantScope, level: BudgetLevel, path: InputPath): Refusal[] {
  if (scope.kind === 'PROVINCE' || level !== 'PROVINCE') return [];
  return [
    {
      code: 'NOT_PERMITTED',
      path,
      reason: 'LEVEL_OF_PROVINCE',
      message: say(
        '省级预算由省财政编制和调整',
        'A budget of the province’s level is opened and adjusted by the province',
      ),
    },
  ];
}

export function unknown(path: string): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: [path],
    message: say('找不到，或不属于您管理的范围', 'There is no such thing, or it is not yours to manage'),
  };
}

export function keyTaken(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['budgetCode'],
    rule: 'unique',
    message: say(
      '同一年度、单位、项目和科目的预算已存在，请调整其金额',
      'A budget of this year, department, item and classes is there already; adjust its amount',
    ),
  };
}

export function versionConflict(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('预算已被他人更改，请刷新后再试', 'Somebody changed this budget meanwhile; reload and look again'),
  };
}

export function unknownBudget(path: InputPath = ['budgetId']): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say('找不到这笔预算，或不属于您的单位', 'There is no such budget, or it is not your department’s'),
  };
}

export function subjectUsed(path: InputPath = []): Refusal {
  return {
    code: 'IDEMPOTENCY_KEY_REUSED',
    path,
    message: say(
      '同一事项已以另一金额入账，本次未作任何更改',
      'The same subject was posted with another amount; nothing was changed',
    ),
  };
}
