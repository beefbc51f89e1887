/** Decides who may lengthen a term: the department by itself within the rule, beyond it the center. */
import { say } from '../../kernel/bilingual.js';
import { addDays, type CalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { checkedTable } from '../../kernel/state-machine.js';
import type { LifePolicy } from '../../resources/domain/life-policy.js';
import { checkReason, illegal, ofVersion } from '../../resources/domain/release.js';
import type { ResourceState } from '../../resources/domain/resource-state.js';
import { checkTemporaryUntil } from '../../resources/domain/term.js';

export const EXTENSION_STATES = ['ASKED', 'GRANTED', 'REFUSED', 'WITHDRAWN'] as const;
export type ExtensionState = (typeof EXTENSION_STATES)[number];
export const EXTENSION_MOVES = ['GRANT', 'REFUSE', 'WITHDRAW'] as const;
export type ExtensionMove = (typeof EXTENSION_MOVES)[number];

export const extensionTable = checkedTable({
  name: 'term extension',
  states: EXTENSION_STATES,
  initial: 'ASKED',
  actions: EXTENSION_MOVES,
  transitions: {
    ASKED: { GRANT: 'GRANTED', REFUSE: 'REFUSED', WITHDRAW: 'WITHDRAWN' },
    GRANTED: {},
    REFUSED: {},
    WITHDRAWN: {},
  },
});

export interface ExtendedThing {
  readonly state: ResourceState;
  readonly version: number;
  readonly temporaryUntil: CalendarDate | null;
  readonly extensionsUsed: number;
}

export interface ExtensionWish {
  readonly expectedVersion: number;
  /** null = long-term from now on. */
  readonly until: CalendarDate | null;
  readonly reason: string;
}

/** @returns whether the rule covers it; otherwise the center is asked. */
export function decideExtension(
  resource: ExtendedThing,
  wish: ExtensionWish,
  today: CalendarDate,
  policy: LifePolicy,
): Result<{ readonly byRule: boolean }, readonly Refusal[]> {
  const { temporaryUntil } = resource;
  const wrong = checkReason(wish.reason);
  if (temporaryUntil === null || (resource.state !== 'IN_USE' && resource.state !== 'IN_BIN'))
    return refuse([
      illegal(
        resource.state,
        'EXTEND',
        say('只有使用中或回收站中的临时资源可以延期', 'Only a temporary resource in use or in the bin can be extended'),
      ),
    ]);
  if (wish.until !== null) wrong.push(...checkTemporaryUntil(wish.until, today, policy, ['until']));
  if (wish.until !== null && wrong.length === 0 && wish.until <= temporaryUntil)
    wrong.push({
      code: 'INVALID_INPUT',
      path: ['until'],
      rule: 'later',
      message: say(`新的到期日须晚于 ${temporaryUntil}`, `The new last day lies after ${temporaryUntil}`),
    });
  if (wrong.length > 0) return refuse(wrong);
  const stale = ofVersion(resource, wish.expectedVersion);
  if (stale.length > 0) return refuse(stale);
  const within = wish.until !== null && wish.until <= addDays(temporaryUntil, policy.EXTENSION_DAYS_MAX);
  return ok({ byRule: within && resource.extensionsUsed < policy.EXTENSION_TIMES_MAX });
}
