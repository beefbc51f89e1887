import type { ModelRequest } from './request.ts';
import { type PlaceSize, type Share, SIZES } from './shares.ts';

/** One place in a cabinet that people hand over. Where in its cabinet it stands is geometry, which this province has none of. */
export class Place {
  /** Taken of its cabinet: what it is, or still was until it is made smaller. */
  size: PlaceSize;

  constructor(readonly share: Share) {
    this.size = share.size ?? SIZES[share.form][0];
  }
}

/** Another size of all places of one line, in all centers. */
export interface PlacesChange {
  readonly of: ModelRequest;
  readonly line: number;
  readonly places: readonly Place[];
  readonly to: PlaceSize;
}

/** What places of a line could be changed to; null = they cannot, not yet or not any more. */
export function placesChangeOf(of: ModelRequest, line: number): PlacesChange | null {
  const places = of.places.filter(({ share }) => share.line === line);
  const [first] = places;
  if (!first || of.open.has(line) || of.changingPlaces.has(line) || of.until !== null) return null;
  const [small, big] = SIZES[first.share.form];
  return { of, line, places, to: first.size === small ? big : small };
}
