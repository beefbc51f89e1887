/** Decides the life of an alert: when what was found becomes one, when it is worse, and when it is over. */
import { checkedTable, nextState } from '../../kernel/state-machine.js';

/** From light to grave. UNKNOWN is graver than a warning: what nobody sees may be anything. */
export const ALERT_SEVERITIES = ['WARNING', 'UNKNOWN', 'CRITICAL'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** HELD: seen, and not believed yet; nobody is told of it. */
export const ALERT_STATES = ['HELD', 'OPEN', 'ACKNOWLEDGED', 'CLOSED'] as const;
export type AlertState = (typeof ALERT_STATES)[number];
export const ALERT_MOVES = ['BELIEVE', 'ACKNOWLEDGE', 'WORSEN', 'CLEAR'] as const;
export type AlertMove = (typeof ALERT_MOVES)[number];

export const alertTable = checkedTable<AlertState, AlertMove>({
  name: 'alert',
  states: ALERT_STATES,
  initial: 'HELD',
  actions: ALERT_MOVES,
  transitions: {
    HELD: { BELIEVE: 'OPEN' },
    OPEN: { ACKNOWLEDGE: 'ACKNOWLEDGED', CLEAR: 'CLOSED' },
    // Whoever took it on took on something lighter.
    ACKNOWLEDGED: { WORSEN: 'OPEN', CLEAR: 'CLOSED' },
    CLOSED: {},
  },
});

const MINUTE_MS = 60_000;
/** Signals are damped already where they are judged: what is critical there is so here at once. */
export const HOLD_MS: { readonly [S in AlertSeverity]: number } = {
  CRITICAL: 0,
  UNKNOWN: MINUTE_MS,
  WARNING: 5 * MINUTE_MS,
};
/** Gone for so long, and it is over: what comes back sooner is the same alert, and calls nobody anew. */
export const CLEAR_MS = 2 * MINUTE_MS;

export interface KeptAlert {
  readonly state: AlertState;
  readonly severity: AlertSeverity;
  readonly seenAt: Date;
  /** Since when it is not found any more; null = it is. */
  readonly clearingSince: Date | null;
}

export const ALERT_NEWS = ['OPENED', 'WORSENED', 'EASED', 'CLOSED'] as const;
export type AlertNews = (typeof ALERT_NEWS)[number];

export interface Step {
  /** null = there is nothing to keep. */
  readonly alert: KeptAlert | null;
  readonly news: AlertNews | null;
}

export const severityRank = (severity: AlertSeverity): number => ALERT_SEVERITIES.indexOf(severity);

/** @param found null = it is not there now; whoever cannot say whether it is, asks not at all. */
export function stepAlert(kept: KeptAlert | null, found: AlertSeverity | null, now: Date): Step {
  if (kept === null || kept.state === 'CLOSED') return found === null ? { alert: null, news: null } : begun(found, now);
  if (kept.state === 'HELD') return found === null ? { alert: null, news: null } : believed(kept, found, now);
  return found === null ? clearing(kept, now) : standing(kept, found);
}

function begun(found: AlertSeverity, now: Date): Step {
  return believed({ state: 'HELD', severity: found, seenAt: now, clearingSince: null }, found, now);
}

function believed(kept: KeptAlert, found: AlertSeverity, now: Date): Step {
  const alert = { ...kept, severity: found };
  if (now.getTime() - kept.seenAt.getTime() < HOLD_MS[found]) return { alert, news: null };
  return { alert: { ...alert, state: moved('HELD', 'BELIEVE') }, news: 'OPENED' };
}

function clearing(kept: KeptAlert, now: Date): Step {
  const since = kept.clearingSince ?? now;
  if (now.getTime() - since.getTime() < CLEAR_MS) return { alert: { ...kept, clearingSince: since }, news: null };
  return { alert: { ...kept, clearingSince: since, state: moved(kept.state, 'CLEAR') }, news: 'CLOSED' };
}

function standing(kept: KeptAlert, found: AlertSeverity): Step {
  const back = { ...kept, clearingSince: null };
  const by = severityRank(found) - severityRank(kept.severity);
  if (by > 0) {
    const state = kept.state === 'ACKNOWLEDGED' ? moved('ACKNOWLEDGED', 'WORSEN') : kept.state;
    return { alert: { ...back, state, severity: found }, news: 'WORSENED' };
  }
  // That nobody can see it any more makes nothing better.
  if (by === 0 || found === 'UNKNOWN') return { alert: back, news: null };
  return { alert: { ...back, severity: found }, news: 'EASED' };
}

function moved(from: AlertState, move: AlertMove): AlertState {
  return nextState(alertTable, from, move) as AlertState;
}
