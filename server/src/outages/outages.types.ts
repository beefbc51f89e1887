import type { Stretch } from './domain/down-time.js';
import type { OutageLayer } from './domain/outage.js';
import type { OutageEntity } from './outages.entity.js';

export type OutageRow = OutageEntity;

/** One outage as whoever reckons with it sees it: until now, where it lasts. */
export interface OutageSpan extends Stretch {
  readonly row: OutageRow;
  readonly counts: boolean;
  /** Maintenance that was agreed on and took place, in which it does not count. */
  readonly agreed: readonly Stretch[];
}

export interface OutageFilter {
  readonly search: string | null;
  readonly layers: readonly OutageLayer[];
  readonly centerId: string | null;
  readonly systemId: string | null;
  readonly lastingOnly: boolean;
  readonly withdrawn: boolean;
}
