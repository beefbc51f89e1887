/** Decides nothing: what a delivery sheet lists and people put their seal under, as plain data. */
import type { LineKind } from '../../allocation/domain/line-kind.js';

/** One thing as it was handed over: a machine, a server, a place in a cabinet, a service. */
export interface SheetItem {
  /** Missing in what was confirmed while sheets listed machines only. */
  readonly kind?: LineKind;
  /** Of the machine, the server, the holder of the place, the line of the service. */
  readonly resourceId: string;
  readonly code: string;
  readonly name: string;
  readonly specification: string;
  readonly center: string;
  readonly addresses: readonly string[];
  readonly clusterObject: string | null;
  readonly provisionedBy: string;
  /** ISO time. */
  readonly deliveredAt: string | null;
  /** What proves it, in the words of who did the work. */
  readonly evidence?: string | null;
}

export interface SheetContent {
  readonly unit: string;
  readonly system: string;
  readonly items: readonly SheetItem[];
}
