import { Injectable } from '@nestjs/common';
import { type Near, nearOf } from '../cabinets/domain/nearness.js';
import { HolderZones } from '../cabinets/holder-zones.service.js';
import { FreeServers } from '../servers/free-servers.service.js';
import { ItemRecord } from './item-record.service.js';

/** Where a system's servers and places in cabinets stand: what it gets more of equals is put near to them (B8, K11). */
@Injectable()
export class OwnPlaces {
  constructor(
    private readonly record: ItemRecord,
    private readonly servers: FreeServers,
    private readonly zones: HolderZones,
  ) {}

  /** `requestIds` are the system's: what they were given counts, what they only hold does not. */
  async of(systemId: string, requestIds: readonly string[]): Promise<Near> {
    const [places, servers] = await Promise.all([
      this.record.placesGiven(requestIds),
      this.servers.holdersOfSystem(systemId),
    ]);
    return nearOf([...(await this.zones.of([...places, ...servers])).values()]);
  }
}
