import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Rights, type Role, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { matching } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { DEPARTMENT_TREE, type DepartmentTree } from './domain/department-tree.js';
import { UserEntity } from './identity.entity.js';
import { rightsOf } from './rights.js';
import { UsersRepository } from './users.repository.js';
import { BOUND_SYSTEMS, type BoundSystems } from './users.types.js';

/** Somebody whose rights another feature looks at: a delegator, an approver who is to be chosen. */
export interface PersonWithRights extends Rights {
  readonly userId: string;
  readonly name: string;
  readonly active: boolean;
  readonly roles: readonly Role[];
}

/** What other people may do now. Nothing of it is shown to anybody: it is asked to decide. */
@Injectable()
export class PeopleRights {
  constructor(
    private readonly db: DataSource,
    private readonly users: UsersRepository,
    @Inject(DEPARTMENT_TREE) private readonly tree: DepartmentTree,
    @Inject(BOUND_SYSTEMS) private readonly bound: BoundSystems,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those of the ids that are accounts. Asked before a unit of work begins. */
  async of(ids: readonly string[]): Promise<PersonWithRights[]> {
    const now = this.clock.now();
    const [rows, grants, memberships] = await Promise.all([
      this.users.byIds(WHOLE_PROVINCE, ids),
      this.users.grants(ids, now),
      this.users.memberships(ids, now),
    ]);
    // Many of them are of one department: each tree is asked for once.
    const trees = new Map<string, Promise<readonly string[]>>();
    const tree: DepartmentTree = {
      treeIds: (id) => {
        const asked = trees.get(id) ?? this.tree.treeIds(id);
        trees.set(id, asked);
        return asked;
      },
    };
    return Promise.all(
      rows.map(async (row) => {
        const own = (grants.get(row.id) ?? []).map((grant) => grant.role);
        const elsewhere = (memberships.get(row.id) ?? []).filter((membership) => membership.since <= now);
        return {
          userId: row.id,
          name: row.displayName,
          active: row.state === 'ACTIVE',
          roles: [...new Set([...own, ...elsewhere.map((membership) => membership.role)])],
          ...(await rightsOf({ tree, bound: this.bound }, row, own, elsewhere)),
        };
      }),
    );
  }

  /** Until the end of the unit of work no other passes here for the same person: for what one may have only so many of. */
  async inTurn(tx: Tx, id: string): Promise<void> {
    await this.users.locked(tx, WHOLE_PROVINCE, id);
  }

  /** Open accounts that hold one of the roles anywhere, by name. */
  async holders(roles: readonly Role[], search: string | null, limit: number): Promise<PersonWithRights[]> {
    const now = this.clock.now();
    const query = matching(
      this.db
        .createQueryBuilder(UserEntity, 'user')
        .where("user.state = 'ACTIVE' and user.kind = 'ORDINARY'")
        .andWhere(`(${heldNow('user_role')} or ${heldNow('membership')})`, { roles: inList(roles), now }),
      ['user.displayName'],
      search,
    );
    const found = await query.orderBy('user.displayName').addOrderBy('user.id').limit(limit).getMany();
    const byId = new Map((await this.of(found.map((user) => user.id))).map((person) => [person.userId, person]));
    return found.flatMap((user) => byId.get(user.id) ?? []);
  }
}

function heldNow(table: 'user_role' | 'membership'): string {
  return `exists (select 1 from ${table} held where held.user_id = user.id and held.role in (:...roles)
                  and (held.until is null or held.until > :now))`;
}
