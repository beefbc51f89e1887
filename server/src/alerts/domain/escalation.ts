/** Decides whom an open alert calls next, until when he may answer, and when nobody is left to call. */

/** 值班角色, in the order in which they are called: 值班员, 备班, 值班领导. */
export const DUTY_ROLES = ['ENGINEER', 'BACKUP', 'LEADER'] as const;
export type DutyRole = (typeof DUTY_ROLES)[number];

/** Who has a shift now, by his role; a role that nobody has is passed over. */
export type OnDuty = { readonly [R in DutyRole]?: string };

export interface Call {
  /** Grows where everybody is called anew: it has become worse since it was taken on, or nobody had answered and more has come. */
  readonly series: number;
  readonly round: number;
  readonly role: DutyRole;
  readonly userId: string;
  readonly calledAt: Date;
  readonly deadlineAt: Date;
}

const MINUTE_MS = 60_000;
/** So long somebody may need to his screen, at night. */
export const ANSWER_MS: { readonly [R in DutyRole]: number } = {
  ENGINEER: 5 * MINUTE_MS,
  BACKUP: 5 * MINUTE_MS,
  LEADER: 10 * MINUTE_MS,
};
/** Three times through the roster is an hour: who has not answered by then answers no telephone. */
export const ROUNDS_MAX = 3;

export type NextCall =
  | { readonly kind: 'WAIT'; readonly until: Date }
  | { readonly kind: 'CALL'; readonly call: Call }
  /** The roster is empty, or through: the operators are told by other ways. */
  | { readonly kind: 'NOBODY'; readonly because: 'EMPTY' | 'UNANSWERED' };

/**
 * Of an alert that is open and that nobody has taken on. Depends on the last call and the clock alone, so that whoever goes
 * on after a killed worker says the same.
 * @param last of this series; null = nobody was called yet.
 */
export function nextCall(series: number, last: Call | null, onDuty: OnDuty, now: Date): NextCall {
  if (last && last.deadlineAt > now) return { kind: 'WAIT', until: last.deadlineAt };
  const steps = stepsAfter(last);
  for (const { role, round } of steps) {
    const userId = onDuty[role];
    // Whoever stands twice in one round has been asked.
    if (userId === undefined || (last?.round === round && last.userId === userId)) continue;
    const deadlineAt = new Date(now.getTime() + ANSWER_MS[role]);
    return { kind: 'CALL', call: { series, round, role, userId, calledAt: now, deadlineAt } };
  }
  const empty = DUTY_ROLES.every((role) => onDuty[role] === undefined);
  return { kind: 'NOBODY', because: empty ? 'EMPTY' : 'UNANSWERED' };
}

/**
 * Nobody has answered, the roster is through, and somebody has come on duty since who was never called for it: everybody is
 * called anew. Whoever slept through it all is not waked again by the clock alone.
 * @param calledUserIds of this series
 */
export function isNewOnDuty(calledUserIds: readonly string[], onDuty: OnDuty): boolean {
  return DUTY_ROLES.some((role) => {
    const userId = onDuty[role];
    return userId !== undefined && !calledUserIds.includes(userId);
  });
}

function stepsAfter(last: Call | null): { readonly round: number; readonly role: DutyRole }[] {
  const all = Array.from({ length: ROUNDS_MAX }, (_, round) =>
    DUTY_ROLES.map((role) => ({ round: round + 1, role })),
  ).flat();
  if (last === null) return all;
  return all.slice(all.findIndex(({ role, round }) => role === last.role && round === last.round) + 1);
}
