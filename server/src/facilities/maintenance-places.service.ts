import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { PlaceExtent } from './domain/maintenance.js';

export interface FoundPlace {
  readonly centerId: string;
  /** The way to it, in codes: "R1 / A / A-01". */
  readonly label: string;
}

/** Finds a room, row or cabinet; null = there is none. */
export type FindPlace = (tx: Tx, extent: PlaceExtent, id: string) => Promise<FoundPlace | null>;

/** Where the feature that keeps rooms and cabinets says what there is of them: windows are kept below it. */
@Injectable()
export class MaintenancePlaces {
  private finder: FindPlace | undefined;

  register(finder: FindPlace): void {
    if (this.finder) throw new Error('places of maintenance are found twice');
    this.finder = finder;
  }

  find(tx: Tx, extent: PlaceExtent, id: string): Promise<FoundPlace | null> {
    if (!this.finder) throw new Error('nobody knows the places of maintenance');
    return this.finder(tx, extent, id);
  }
}
