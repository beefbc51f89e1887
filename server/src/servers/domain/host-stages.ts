/** Decides how far a server's host is on the way that it goes now, and what comes next. */
import type { HostManagement, HostPhase } from './host.js';

export const HOST_STAGES = [
  'REGISTER',
  'INSPECT',
  'PREPARE',
  'CLAIM',
  'CLEAR',
  'INSTALL',
  'DELIVER',
  'CLEAN',
  'PROVE',
  'LET_GO',
] as const;
export type HostStageName = (typeof HOST_STAGES)[number];
export const HOST_STAGE_STATES = ['DONE', 'NOW', 'FAILED', 'WAITING'] as const;
export type HostStageState = (typeof HOST_STAGE_STATES)[number];

export interface HostStage {
  readonly stage: HostStageName;
  readonly state: HostStageState;
  /** When it was done, where that is kept. */
  readonly at: Date | null;
}

export interface HostOnItsWay {
  readonly management: HostManagement;
  readonly useId: string | null;
  readonly phase: HostPhase;
  readonly hostState: string;
  readonly progressPercent: number | null;
  readonly tries: number;
  readonly claimedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly wipedAt: Date | null;
}

/** From so many on the former image is gone and the next one is on its way. */
export const IMAGE_SENT_PERCENT = 20;

/** Empty: it is where it shall be, or nobody brings it anywhere. */
export function hostStagesOf(host: HostOnItsWay, isUsed: boolean): readonly HostStage[] {
  if (host.management !== 'DRIVEN') return [];
  const way = wayOf(host, isUsed);
  if (way === undefined) return [];
  const { done, stages } = way;
  return stages.map(([stage, at], index) => ({
    stage,
    state: index < done ? 'DONE' : index > done ? 'WAITING' : host.phase === 'FAILED' ? 'FAILED' : 'NOW',
    at: index < done ? at : null,
  }));
}

interface WayOfHost {
  readonly stages: readonly (readonly [HostStageName, at: Date | null])[];
  /** So many of them lie behind it. */
  readonly done: number;
}

function wayOf(host: HostOnItsWay, isUsed: boolean): WayOfHost | undefined {
  if (host.useId === null) return arriving(host);
  if (!isUsed) return leaving(host);
  if (host.deliveredAt === null) return installing(host);
  return host.phase === 'RUNNING' || host.phase === 'STOPPED' ? undefined : reinstalling(host);
}

const COMING_IN = ['registering', 'inspecting', 'preparing'];

function arriving({ hostState, phase }: HostOnItsWay): WayOfHost | undefined {
  if (phase !== 'ONBOARDING' && phase !== 'FAILED') return undefined;
  const at = COMING_IN.indexOf(hostState);
  // Its cluster has not taken it up yet, or it failed at something that is no stage of its coming in.
  if (at === -1 && phase === 'FAILED') return undefined;
  const stages = [['REGISTER', null] as const, ['INSPECT', null] as const, ['PREPARE', null] as const];
  return { stages, done: Math.max(0, at) };
}

function installing({ claimedAt }: HostOnItsWay): WayOfHost {
  const stages = [['CLAIM', claimedAt] as const, ['INSTALL', null] as const, ['DELIVER', null] as const];
  return { stages, done: claimedAt === null ? 0 : 1 };
}

function reinstalling({ phase, progressPercent, tries }: HostOnItsWay): WayOfHost {
  const isCleared = phase === 'QUEUED' || tries > 0 || (progressPercent ?? 0) >= IMAGE_SENT_PERCENT;
  return { stages: [['CLEAR', null] as const, ['INSTALL', null] as const], done: isCleared ? 1 : 0 };
}

/** Whether it is clean, and that it is proved, are seen by one look. */
function leaving({ wipedAt }: HostOnItsWay): WayOfHost {
  const stages = [['CLEAN', wipedAt] as const, ['PROVE', wipedAt] as const, ['LET_GO', null] as const];
  return { stages, done: wipedAt === null ? 0 : 2 };
}
