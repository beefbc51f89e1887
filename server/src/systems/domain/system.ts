/** Decides what a government system and a project are, and when a project pays for a system. */
import type { CalendarDate } from '../../kernel/calendar.js';

/** Local side of the DR mode: one center, or both same-city centers (同城双活). */
export const LOCAL_MODES = ['SINGLE', 'DUAL_ACTIVE'] as const;
export type LocalMode = (typeof LOCAL_MODES)[number];

/** Remote side: nothing, data only (异地数据级), or able to run there (异地应用级). */
export const REMOTE_MODES = ['NONE', 'DATA', 'APPLICATION'] as const;
export type RemoteMode = (typeof REMOTE_MODES)[number];

/** 等保 level; systems of level 4 are not hosted on the government cloud. */
export type ProtectionLevel = 1 | 2 | 3;

export interface GovernmentSystem {
  readonly id: string;
  /** Number in the province's catalogue of systems. */
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
  readonly protectionLevel: ProtectionLevel;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  /** Its 等保 level is filed with the police (已备案). Written by compliance. */
  readonly filed: boolean;
  /** Nothing new may be asked for it. Written by compliance. */
  readonly frozen: boolean;
}

export interface Project {
  readonly id: string;
  /** Number under which the project is filed (备案). */
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
  readonly budgetYear: number;
  readonly fundSource: string;
}

/** A project pays for a system from one day until the day before another; `to` null = no end known. */
export interface PaymentLink {
  readonly systemId: string;
  readonly projectId: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate | null;
}

/** Half-open: the day `to` is the first that is no longer paid for. */
export function paysOn(link: Pick<PaymentLink, 'from' | 'to'>, day: CalendarDate): boolean {
  return link.from <= day && (link.to === null || day < link.to);
}
