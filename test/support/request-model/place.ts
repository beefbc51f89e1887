import type { ModelRequest } from './request.ts';
import { BIG_PLACE_WATTS, PLACE_WATTS, type Share } from './shares.ts';

/** One place in a cabinet that people hand over. Where in its cabinet it stands is geometry, which this province has none of. */
export class Place {
  /** Taken of its cabinet: what it is, or still was until it is made smaller. */
  watts: number;

  constructor(readonly share: Share) {
    this.watts = share.watts ?? PLACE_WATTS;
  }
}

/** Other watts for all places of one line, in all centers. */
export interface PlacesChange {
  readonly of: ModelRequest;
  readonly line: number;
  readonly places: readonly Place[];
  readonly watts: number;
}

/** What places of a line could be changed to; null = they cannot, not yet or not any more. */
export function placesChangeOf(of: ModelRequest, line: number): PlacesChange | null {
  const places = of.places.filter(({ share }) => share.line === line);
  const [first] = places;
  if (!first || of.open.has(line) || of.changingPlaces.has(line) || of.until !== null) return null;
  return { of, line, places, watts: first.watts === PLACE_WATTS ? BIG_PLACE_WATTS : PLACE_WATTS };
}
