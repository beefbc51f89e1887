import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MaintenancePlaces } from '../facilities/maintenance-places.service.js';
import { CabinetCensus } from './cabinet-census.repository.js';

/** Tells maintenance which rooms, rows and cabinets there are. */
@Injectable()
export class CabinetPlaces implements OnModuleInit {
  constructor(
    private readonly places: MaintenancePlaces,
    private readonly census: CabinetCensus,
  ) {}

  onModuleInit(): void {
    this.places.register((tx, extent, id) => this.census.placeOf(tx, extent, id));
  }
}
