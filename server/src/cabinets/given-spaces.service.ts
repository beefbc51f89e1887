import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { GivenPlace } from './space.types.js';
import { SpaceOwnersRepository } from './space-owners.repository.js';

/** A picker shows no more; who has more names the cabinet. */
const SHOWN_MAX = 200;

/** For features above: the space in cabinets that was given to departments, into which they put things of their own. */
@Injectable()
export class GivenSpaces {
  constructor(private readonly repository: SpaceOwnersRepository) {}

  /** Live ones of these that a department may put things into; what is not is absent. */
  byIds(holderIds: readonly string[], tx?: Tx): Promise<GivenPlace[]> {
    return this.repository.givenPlaces({ holderIds }, Math.max(SHOWN_MAX, holderIds.length), tx?.manager);
  }

  /** By cabinet, from the top. */
  ofDepartment(scope: TenantScope, departmentId: string): Promise<GivenPlace[]> {
    if (scope.kind === 'DEPARTMENTS' && !scope.departmentIds.includes(departmentId)) return Promise.resolve([]);
    return this.repository.givenPlaces({ departmentId }, SHOWN_MAX);
  }
}
