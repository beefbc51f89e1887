/** Decides what of the judged groups and of the centers is an alert, how grave, and whether somebody is called for it. */
import type { ShownLevel, SignalName } from '../../resilience/domain/dr-signal.js';
import type { Reason, ReasonCode } from '../../resilience/domain/judge-group.js';
import type { AlertSeverity } from './alert-state.js';

export const ALERT_SUBJECTS = ['CENTER', 'GROUP', 'TIER'] as const;
export type AlertSubject = (typeof ALERT_SUBJECTS)[number];

/** One thing that is wrong now. `rule` tells two of one subject apart. */
export interface Finding {
  readonly subjectKind: AlertSubject;
  readonly subjectId: string;
  readonly rule: string;
  readonly severity: AlertSeverity;
  readonly callsOut: boolean;
  /** null = of a center. */
  readonly groupId: string | null;
  readonly centerId: string | null;
  /** One of the centers in which its group stands is silent: what is wrong may be that alone. */
  readonly underSilence: boolean;
  readonly reason: Reason;
}

export interface JudgedGroup {
  readonly id: string;
  readonly reasons: readonly Reason[];
  /** Tiers whose data was once seen to be carried: that it is not any more is news; of the others it never was. */
  readonly carriedTierIds: ReadonlySet<string>;
}

export interface CenterSignal {
  readonly centerId: string;
  readonly name: SignalName;
  readonly value: number | null;
  readonly level: ShownLevel;
}

export const BOUNDARY_OPENED = 'BOUNDARY_OPENED';
/** Put back within seconds, it is an alert for so long all the same: somebody did it, and may do it again. */
export const OPENING_TOLD_MS = 30 * 60_000;

/** @param openings by center, how many ways were opened that nobody approved. */
export function boundaryFindings(openings: ReadonlyMap<string, number>): Finding[] {
  return [...openings].map(([centerId, count]) => ({
    ...{ subjectKind: 'CENTER', subjectId: centerId, centerId, groupId: null, rule: BOUNDARY_OPENED },
    ...{ severity: 'CRITICAL', callsOut: true, underSilence: false },
    reason: {
      ...{ code: BOUNDARY_OPENED, grade: 'BROKEN', tierId: null, role: null, signal: null },
      ...{ count, of: null, resourceIds: [] },
    },
  }));
}

/** What is on its way, owed or registered otherwise is a list's affair: a telephone at night changes nothing of it. */
const NEVER: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'MACHINES_COMING',
  'OWED',
  'NOT_GRANTED_DUAL_ACTIVE',
  'NOT_GRANTED_REMOTE',
  'NO_MACHINES',
  'SIGNAL_AWAITED',
]);
/** Said of a center itself, once, and not once for each group that stands in it. */
const OF_CENTERS: ReadonlySet<SignalName> = new Set<SignalName>(['CLUSTER_SILENCE', 'WATCH_SILENCE', 'ARBITER_PATHS']);
const SEVERITY_OF: { readonly [L in Exclude<ShownLevel, 'GOOD'>]: AlertSeverity } = {
  WARN: 'WARNING',
  CRITICAL: 'CRITICAL',
  UNKNOWN: 'UNKNOWN',
};

export function ruleOf({ code, probe, role, signal }: Reason): string {
  return [signal ?? code, role ?? '', probe ?? ''].join('/').replace(/\/+$/, '');
}

export function findingsOf(groups: readonly JudgedGroup[], signals: readonly CenterSignal[]): Finding[] {
  return [...signals.flatMap(ofCenter), ...worstOfEach(groups.flatMap(ofGroup))];
}

function ofCenter({ centerId, level, name, value }: CenterSignal): Finding[] {
  if (level === 'GOOD') return [];
  const code = level === 'UNKNOWN' ? 'SIGNAL_UNKNOWN' : level === 'WARN' ? 'SIGNAL_STRAINED' : 'SIGNAL_BAD';
  const grade = level === 'UNKNOWN' ? 'UNKNOWN' : level === 'WARN' ? 'AT_RISK' : 'BROKEN';
  return [
    {
      ...{
        subjectKind: 'CENTER',
        subjectId: centerId,
        rule: name,
        severity: SEVERITY_OF[level],
        groupId: null,
        centerId,
      },
      ...{ callsOut: level !== 'WARN', underSilence: false },
      reason: { code, grade, tierId: null, role: null, signal: name, count: value, of: null, resourceIds: [] },
    },
  ];
}

function ofGroup({ carriedTierIds, id, reasons }: JudgedGroup): Finding[] {
  // A center that is silent makes much unknown of the groups that stand in it, and of no other: who is called for it need
  // not be called for each of them. What the console asks itself is not unknown because of a cluster.
  const silent = reasons.some(
    ({ grade, signal, tierId }) => signal === 'CLUSTER_SILENCE' && tierId === null && grade !== 'AT_RISK',
  );
  return reasons.flatMap((reason): Finding[] => {
    const { grade, probe, signal, tierId } = reason;
    const ofACenter = signal !== null && tierId === null && probe === undefined;
    if (NEVER.has(reason.code) || (ofACenter && (OF_CENTERS.has(signal) || signal === 'CERTIFICATE_DAYS'))) return [];
    const severity: AlertSeverity = grade === 'UNKNOWN' ? 'UNKNOWN' : grade === 'BROKEN' ? 'CRITICAL' : 'WARNING';
    const isNews = signal !== null || tierId === null || carriedTierIds.has(tierId);
    return [
      {
        ...{
          subjectKind: tierId === null ? 'GROUP' : 'TIER',
          subjectId: tierId ?? id,
          rule: ruleOf(reason),
          groupId: id,
        },
        ...{ severity: isNews ? severity : 'WARNING', centerId: null, underSilence: silent, reason },
        callsOut: isNews && (severity === 'CRITICAL' || (severity === 'UNKNOWN' && !(silent && probe === undefined))),
      },
    ];
  });
}

export const keyOf = (of: Pick<Finding, 'subjectKind' | 'subjectId' | 'rule'>): string =>
  `${of.subjectKind}/${of.subjectId}/${of.rule}`;

const GRAVER: readonly AlertSeverity[] = ['WARNING', 'UNKNOWN', 'CRITICAL'];

function worstOfEach(findings: readonly Finding[]): Finding[] {
  const worst = new Map<string, Finding>();
  for (const finding of findings) {
    const before = worst.get(keyOf(finding));
    if (!before || GRAVER.indexOf(finding.severity) > GRAVER.indexOf(before.severity))
      worst.set(keyOf(finding), finding);
  }
  return [...worst.values()];
}
