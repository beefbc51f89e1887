import { Injectable } from '@nestjs/common';
import { GivenSpaces } from '../cabinets/given-spaces.service.js';
import type { GivenPlace } from '../cabinets/space.types.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { HostingRepository } from './hosting.repository.js';
import type { EquipmentFilter, EquipmentRow } from './workorders.types.js';

export interface SpaceWithThings {
  readonly place: GivenPlace;
  readonly things: readonly EquipmentRow[];
}

/** Departments' own equipment, and the space that it may stand in. */
@Injectable()
export class HostingService {
  constructor(
    private readonly repository: HostingRepository,
    private readonly spaces: GivenSpaces,
  ) {}

  async inScope(scope: TenantScope, id: string): Promise<EquipmentRow | null> {
    const [row] = await this.repository.byIds(scope, [id]);
    return row ?? null;
  }

  page(scope: TenantScope, filter: EquipmentFilter, page: PageRequest): Promise<Page<EquipmentRow>> {
    return this.repository.page(scope, filter, page);
  }

  async spacesOf(scope: TenantScope, departmentId: string): Promise<SpaceWithThings[]> {
    const places = await this.spaces.ofDepartment(scope, departmentId);
    const standing = Map.groupBy(
      await this.repository.standingIn(places.map((place) => place.holder.id)),
      (thing) => thing.holderId,
    );
    return places.map((place) => ({ place, things: standing.get(place.holder.id) ?? [] }));
  }
}
