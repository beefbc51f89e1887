/** Decides of which wish of a server's host a look at it tells, and where the carrying out of that wish stands. */
import type { HostPhase } from './host.js';
import type { DesiredHost, HostReading } from './host-record.js';

/** REGISTER 登记, INSTALL 装机, REINSTALL 重装, RELEASE 清除并释放. */
export const SERVER_TASK_KINDS = ['REGISTER', 'INSTALL', 'REINSTALL', 'RELEASE'] as const;
export type ServerTaskKind = (typeof SERVER_TASK_KINDS)[number];

/**
 * QUEUED      as many hosts as may are being installed; it waits in its cluster's line.
 * RUNNING     it is being carried out.
 * FAILED      a person must look. It may still cure itself.
 * DONE        the cluster shows what was wished.
 * SUPERSEDED  a newer wish took its place before that.
 */
export const SERVER_TASK_STATES = ['QUEUED', 'RUNNING', 'FAILED', 'DONE', 'SUPERSEDED'] as const;
export type ServerTaskState = (typeof SERVER_TASK_STATES)[number];

export interface ServerTaskReading {
  /** The same wish, the same text, whoever looks. */
  readonly wish: string;
  readonly kind: ServerTaskKind;
  readonly state: Exclude<ServerTaskState, 'SUPERSEDED'>;
}

const INSTALLED: readonly HostPhase[] = ['RUNNING', 'STOPPED'];

/** null = nothing is wished of it but to be looked at. */
export function serverTaskOf(
  desired: Pick<DesiredHost, 'imageRound' | 'intention' | 'registered' | 'useId' | 'usedByHand'>,
  { phase, released }: Pick<HostReading, 'phase' | 'released'>,
): ServerTaskReading | null {
  const { imageRound, intention, registered, useId, usedByHand } = desired;
  if (intention === 'ABSENT')
    return { wish: `${useId}/release`, kind: 'RELEASE', state: released ? 'DONE' : underWay(phase) };
  if (intention === 'PRESENT')
    return {
      wish: `${useId}/${imageRound}`,
      kind: imageRound > 1 ? 'REINSTALL' : 'INSTALL',
      state: INSTALLED.includes(phase) ? 'DONE' : underWay(phase),
    };
  if (!registered || usedByHand) return null;
  return { wish: 'register', kind: 'REGISTER', state: phase === 'AVAILABLE' ? 'DONE' : underWay(phase) };
}

function underWay(phase: HostPhase): 'QUEUED' | 'RUNNING' | 'FAILED' {
  return phase === 'QUEUED' || phase === 'FAILED' ? phase : 'RUNNING';
}

/** Else it was carried out before anybody kept tasks, and is none. */
export function isUnderWay(
  { kind, state }: ServerTaskReading,
  before: { readonly deliveredAt: Date | null; readonly phase: HostPhase },
): boolean {
  if (kind === 'INSTALL') return before.deliveredAt === null;
  if (state !== 'DONE') return true;
  return kind === 'REGISTER' ? before.phase !== 'AVAILABLE' : !INSTALLED.includes(before.phase);
}
