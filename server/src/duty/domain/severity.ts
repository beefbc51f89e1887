/** Decides how grave a ticket is by impact and urgency, and until when somebody must answer and have it restored. */

/** 影响范围, from wide to narrow. */
export const IMPACTS = ['WIDE', 'SEVERAL', 'ONE'] as const;
export type Impact = (typeof IMPACTS)[number];
/** 紧急程度. */
export const URGENCIES = ['HIGH', 'MEDIUM', 'LOW'] as const;
export type Urgency = (typeof URGENCIES)[number];
/** From grave to light. */
export const SEVERITIES = ['P1', 'P2', 'P3', 'P4'] as const;
export type Severity = (typeof SEVERITIES)[number];

const MATRIX: { readonly [I in Impact]: { readonly [U in Urgency]: Severity } } = {
  WIDE: { HIGH: 'P1', MEDIUM: 'P2', LOW: 'P3' },
  SEVERAL: { HIGH: 'P2', MEDIUM: 'P3', LOW: 'P4' },
  ONE: { HIGH: 'P3', MEDIUM: 'P4', LOW: 'P4' },
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Somebody says that he has it: as long as the roster gives its engineer for a call, where it is gravest. */
const RESPOND_MS: { readonly [S in Severity]: number } = {
  P1: 5 * MINUTE_MS,
  P2: 15 * MINUTE_MS,
  P3: HOUR_MS,
  P4: 4 * HOUR_MS,
};
/** It serves again. P1 is a third of what the province's contracts allow a month at 99.9 %, and P2 what a failover takes. */
const RESOLVE_MS: { readonly [S in Severity]: number } = {
  P1: HOUR_MS,
  P2: 4 * HOUR_MS,
  P3: 24 * HOUR_MS,
  P4: 72 * HOUR_MS,
};
/** A change that was made without asking is explained to a leader within a day. */
export const APPROVE_AFTER_MS = 24 * HOUR_MS;

export const severityOf = (impact: Impact, urgency: Urgency): Severity => MATRIX[impact][urgency];

export interface Deadlines {
  readonly respondBy: Date;
  readonly resolveBy: Date;
}

/** From when it was opened: what nobody had been told of nobody could answer. */
export function deadlinesOf(severity: Severity, openedAt: Date): Deadlines {
  const from = openedAt.getTime();
  return { respondBy: new Date(from + RESPOND_MS[severity]), resolveBy: new Date(from + RESOLVE_MS[severity]) };
}

/** Of an alert: what is critical is urgent at night, too; a whole center is wide. */
export function judgedAlert(alert: {
  readonly severity: 'WARNING' | 'UNKNOWN' | 'CRITICAL';
  readonly ofCenter: boolean;
}): { readonly impact: Impact; readonly urgency: Urgency } {
  const urgency = alert.severity === 'WARNING' ? 'LOW' : alert.severity === 'UNKNOWN' ? 'MEDIUM' : 'HIGH';
  return { impact: alert.ofCenter ? 'WIDE' : 'SEVERAL', urgency };
}
