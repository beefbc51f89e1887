import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CenterFacts } from '../allocation/domain/placement-facts.js';
import { OwnPlaces } from '../allocation/own-places.service.js';
import { type PlacementGround, PlacementGroundService } from '../resources/placement-ground.service.js';

/** What placement weighs beside counters, for a system: its machines, and where its servers and places stand. */
@Injectable()
export class PlacementGrounds {
  constructor(
    private readonly db: DataSource,
    private readonly grounds: PlacementGroundService,
    private readonly places: OwnPlaces,
  ) {}

  /** Near to which servers and places only matters to more of them: whoever types a form of machines alone does not wait for it. */
  async of(
    centers: readonly CenterFacts[],
    systemId: string,
    { standing }: { readonly standing: boolean },
  ): Promise<PlacementGround> {
    const [ground, near] = await Promise.all([
      this.grounds.of(centers, systemId),
      standing ? this.requestsOf(systemId).then((requestIds) => this.places.of(systemId, requestIds)) : undefined,
    ]);
    return near ? { ...ground, near } : ground;
  }

  /** Those that were given something, or still hold it. */
  private async requestsOf(systemId: string): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      'select id from request where system_id = ? and held_since is not null',
      [systemId],
    );
    return rows.map(({ id }) => id);
  }
}
