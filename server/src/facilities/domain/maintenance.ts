/** Decides the life of a maintenance window, what it takes away, and which limits the pool keeps meanwhile. */
import { checkedTable } from '../../kernel/state-machine.js';
import type { TakenAway } from './promised.js';

export const MAINTENANCE_STATES = ['PLANNED', 'RUNNING', 'ENDED', 'CANCELLED'] as const;
export type MaintenanceState = (typeof MAINTENANCE_STATES)[number];

export const MAINTENANCE_ACTIONS = ['START', 'END', 'CANCEL'] as const;
export type MaintenanceAction = (typeof MAINTENANCE_ACTIONS)[number];

export const maintenanceTable = checkedTable<MaintenanceState, MaintenanceAction>({
  name: 'maintenance window',
  states: MAINTENANCE_STATES,
  initial: 'PLANNED',
  actions: MAINTENANCE_ACTIONS,
  transitions: {
    PLANNED: { START: 'RUNNING', CANCEL: 'CANCELLED' },
    RUNNING: { END: 'ENDED' },
    ENDED: {},
    CANCELLED: {},
  },
});

export const POOL_EXTENTS = ['POOL_NODES', 'WHOLE_POOL'] as const;
export type PoolExtent = (typeof POOL_EXTENTS)[number];
/** What of the rooms is taken away. */
export const PLACE_EXTENTS = ['ROOM', 'CABINET_ROW', 'CABINET'] as const;
export type PlaceExtent = (typeof PLACE_EXTENTS)[number];
export const MAINTENANCE_EXTENTS = [...POOL_EXTENTS, ...PLACE_EXTENTS] as const;
export type MaintenanceExtent = (typeof MAINTENANCE_EXTENTS)[number];

export const FEEDS = ['A', 'B'] as const;
export type Feed = (typeof FEEDS)[number];

export function isPlaceExtent(extent: MaintenanceExtent): extent is PlaceExtent {
  return (PLACE_EXTENTS as readonly MaintenanceExtent[]).includes(extent);
}

/** What is taken away longer than that is a pool made smaller, not maintained. */
export const MAINTENANCE_DAYS_MAX = 60;
export const MAINTENANCE_TITLE_MAX = 100;
export const MAINTENANCE_REASON_MAX = 500;

export interface MaintenanceWindow {
  readonly id: string;
  readonly code: string;
  readonly centerId: string;
  /** With a pool's extents; else null. */
  readonly poolId: string | null;
  /** With a place's extents: the room, row or cabinet, and the way to it as it was called then. */
  readonly placeId: string | null;
  readonly placeLabel: string | null;
  /** Of a place: only this feed of it; null = all of it. */
  readonly feed: Feed | null;
  readonly title: string;
  readonly reason: string;
  readonly extent: MaintenanceExtent;
  /** With POOL_NODES: how many; null with WHOLE_POOL. */
  readonly nodes: number | null;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly state: MaintenanceState;
  /** By meter, what could not be taken away at the start because it was live: a finding. Null before the start. */
  readonly uncovered: { readonly [meter: string]: number } | null;
  readonly plannedBy: string;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly version: number;
}

export function takenAway(window: Pick<MaintenanceWindow, 'extent' | 'nodes'>): TakenAway {
  return window.extent === 'WHOLE_POOL' ? 'WHOLE_POOL' : { nodes: window.nodes ?? 0 };
}

/** The limit follows the promise down only as far as nothing live is lost; the rest is the finding. */
export function settledLimit(target: number, live: number): { readonly limit: number; readonly uncovered: number } {
  return { limit: Math.max(target, live), uncovered: Math.max(0, live - target) };
}

/**
 * Of the open windows those that take away at the same time as this one: what runs does so until somebody ends it,
 * whatever was planned; what is planned does when the periods meet.
 */
export function alongside<W extends Pick<MaintenanceWindow, 'id' | 'state' | 'fromAt' | 'toAt'>>(
  open: readonly W[],
  window: { readonly windowId: string | null; readonly fromAt: Date; readonly toAt: Date },
): W[] {
  return open.filter((other) => other.id !== window.windowId && (other.state === 'RUNNING' || overlaps(other, window)));
}

/**
 * When it took place as it was agreed on: neither what was begun before its time nor what ran on after it. null = it has
 * not begun, or was begun after all of it had passed.
 */
export function agreedTime(
  { fromAt, toAt, startedAt, endedAt }: Pick<MaintenanceWindow, 'fromAt' | 'toAt' | 'startedAt' | 'endedAt'>,
  now: Date,
): { readonly from: number; readonly to: number } | null {
  if (startedAt === null) return null;
  const from = Math.max(fromAt.getTime(), startedAt.getTime());
  const to = Math.min(toAt.getTime(), (endedAt ?? now).getTime());
  return from < to ? { from, to } : null;
}

/** Half-open. */
function overlaps(
  a: Pick<MaintenanceWindow, 'fromAt' | 'toAt'>,
  b: Pick<MaintenanceWindow, 'fromAt' | 'toAt'>,
): boolean {
  return a.fromAt < b.toAt && b.fromAt < a.toAt;
}
