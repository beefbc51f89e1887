/** Decides which alerts that are to be called for have one cause, so that a lost city is one call and not a thousand. */
import type { AlertSeverity, AlertState } from './alert-state.js';
import { severityRank } from './alert-state.js';
import type { AlertSubject } from './findings.js';

export interface Bundled {
  readonly id: string;
  readonly subjectKind: AlertSubject;
  readonly rule: string;
  readonly state: AlertState;
  readonly severity: AlertSeverity;
  readonly callsOut: boolean;
  /** Whose desk is called. */
  readonly centerId: string | null;
  /** One of the centers in which it stands is silent: what is wrong with it may be that alone. */
  readonly underSilence: boolean;
  /** The alert that is called for in its place. */
  readonly headId: string | null;
  readonly seenAt: Date;
  readonly nextCallAt: Date | null;
  /** Since when of this series nobody is left to call. */
  readonly unansweredAt: Date | null;
  readonly acknowledgedAt: Date | null;
}

export interface Bundle {
  readonly headId: string;
  /** Those that are called for with it from now on. */
  readonly followerIds: readonly string[];
  /** The head itself is to be called for now. */
  readonly calls: boolean;
  /** Nobody had answered for the head, and more has come since: everybody is called anew. */
  readonly anew?: true;
}

export interface Bundles {
  readonly bundles: readonly Bundle[];
  /** To be looked at again then: somebody has just taken on the same, and has his hands full. */
  readonly waiting: readonly { readonly id: string; readonly until: Date }[];
}

/** Who has just answered for one cause is not called for more of it before; what comes meanwhile comes as one call. */
export const GATHER_MS = 5 * 60_000;
/** Nobody has answered three rounds for a silent center: what comes after that calls anew, but not at each alert. */
export const ANEW_MS = 15 * 60_000;
const SILENT_RULES: ReadonlySet<string> = new Set(['CLUSTER_SILENCE', 'WATCH_SILENCE']);

/**
 * Of those that are due now. Each is in one bundle at most; a bundle is one call, so there are never more than the centers
 * that are silent and, for each desk, the rules that are broken.
 * @param standing all alerts that are not over, those that are due among them
 */
export function bundlesOf(standing: readonly Bundled[], now: Date): Bundles {
  const due = standing.filter((alert) => isDue(alert, now));
  const silent = standing.filter(isSilence);
  const headOf = ({ centerId }: Bundled) => silent.find((s) => s.centerId === centerId) ?? silent[0];
  // What was being called for before its center fell silent goes along when that calls: one call, and no second escalation.
  const under = standing.filter((alert) => {
    if (!alert.underSilence || isSilence(alert)) return false;
    const head = headOf(alert);
    return head !== undefined && (isDue(alert, now) || (isDue(head, now) && isBeingCalled(alert)));
  });
  const ofSilence = Map.groupBy(under, (alert) => headOf(alert)?.id ?? '');
  const bundles: Bundle[] = [];
  const waiting: { id: string; until: Date }[] = [];
  for (const head of silent) {
    const own = ofSilence.get(head.id) ?? [];
    if (!isDue(head, now) && own.length === 0) continue;
    const { unansweredAt } = head;
    if (head.state !== 'OPEN' || head.nextCallAt !== null || unansweredAt === null)
      bundles.push({ headId: head.id, followerIds: idsOf(own), calls: isDue(head, now) });
    else {
      const until = new Date(unansweredAt.getTime() + ANEW_MS);
      if (until > now) waiting.push(...own.map(({ id }) => ({ id, until })));
      else bundles.push({ headId: head.id, followerIds: idsOf(own), calls: true, anew: true });
    }
  }
  const behindSilence = new Set(idsOf(under));
  const rest = due.filter((alert) => !isSilence(alert) && !behindSilence.has(alert.id));
  for (const [cause, own] of Map.groupBy(rest, causeOf)) {
    // What stands behind a silent center from now on leads nobody: whoever takes that on would not have them.
    const others = standing.filter(
      (alert) =>
        causeOf(alert) === cause && alert.headId === null && !own.includes(alert) && !behindSilence.has(alert.id),
    );
    const called = others.find(
      (alert) => alert.state === 'OPEN' && alert.callsOut && alert.nextCallAt !== null && speaks(alert, now),
    );
    if (called) bundles.push({ headId: called.id, followerIds: idsOf(own), calls: false });
    else {
      const until = gatheredUntil(others, now);
      if (until !== null) waiting.push(...own.map(({ id }) => ({ id, until })));
      else bundles.push(headed(own));
    }
  }
  return { bundles, waiting };
}

/** A link that is lost breaks the same of many; so does whatever else one rule finds at one desk. */
const causeOf = ({ centerId, rule }: Bundled): string => `${rule}@${centerId ?? ''}`;
const isSilence = ({ callsOut, rule, state, subjectKind }: Bundled): boolean =>
  subjectKind === 'CENTER' && SILENT_RULES.has(rule) && callsOut && (state === 'OPEN' || state === 'ACKNOWLEDGED');
/** Whether others may stand behind it as it is now: it is being called for, or is a silent center that somebody has taken on. */
export const leads = (head: Bundled): boolean =>
  isSilence(head) || (head.state === 'OPEN' && head.headId === null && head.nextCallAt !== null);
const isBeingCalled = ({ headId, nextCallAt, state }: Bundled): boolean =>
  state === 'OPEN' && headId === null && nextCallAt !== null;
const isDue = ({ headId, nextCallAt, state }: Bundled, now: Date): boolean =>
  state === 'OPEN' && headId === null && nextCallAt !== null && nextCallAt <= now;
/** Of an empty roster the operators are told once: who joins long after that would be told to nobody. */
const speaks = ({ unansweredAt }: Bundled, now: Date): boolean =>
  unansweredAt === null || unansweredAt.getTime() + GATHER_MS > now.getTime();
/** Three rounds are through, and the clock alone calls nobody any more. */
export const liesUnanswered = ({ callsOut, headId, nextCallAt, state, unansweredAt }: Bundled): boolean =>
  state === 'OPEN' && callsOut && headId === null && nextCallAt === null && unansweredAt !== null;
const idsOf = (alerts: readonly Bundled[]): string[] => alerts.map(({ id }) => id);

/** The gravest, and of those the one that has been so the longest. */
function headed(own: readonly Bundled[]): Bundle {
  const [head, ...followers] = own.toSorted(
    (a, b) =>
      severityRank(b.severity) - severityRank(a.severity) ||
      a.seenAt.getTime() - b.seenAt.getTime() ||
      a.id.localeCompare(b.id),
  );
  return { headId: head?.id ?? '', followerIds: idsOf(followers), calls: true };
}

function gatheredUntil(others: readonly Bundled[], now: Date): Date | null {
  const taken = others.flatMap(({ acknowledgedAt, state }) =>
    state === 'ACKNOWLEDGED' && acknowledgedAt !== null ? acknowledgedAt.getTime() + GATHER_MS : [],
  );
  const until = Math.max(0, ...taken);
  return until > now.getTime() ? new Date(until) : null;
}

/** As many names as a short message holds. */
const NAMES_SAID = 5;

/** What is said of those that are called for with the head; null = it is alone. */
export function namesSaid(names: readonly string[]): { readonly count: number; readonly names: string } | null {
  if (names.length === 0) return null;
  return { count: names.length, names: [...new Set(names)].slice(0, NAMES_SAID).join('、') };
}
