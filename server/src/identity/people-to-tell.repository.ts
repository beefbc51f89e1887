import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Role } from '../kernel/viewer.js';
import { inList } from '../platform/database/unit-of-work.js';

/** An open account as somebody who may have to be told something. */
export interface PersonToTell {
  readonly userId: string;
  readonly displayName: string;
  readonly phone: string | null;
  readonly roles: readonly { readonly role: Role; readonly departmentId: string | null }[];
}

interface Row {
  user_id: string;
  display_name: string;
  phone: string | null;
  role: Role | null;
  department_id: string | null;
}

/** Unscoped: what is told is a notice's own text. */
@Injectable()
export class PeopleToTellRepository {
  constructor(private readonly db: DataSource) {}

  /** Open accounts that hold one of the roles now, in their own department or by a membership, and the named ones. */
  async find(roles: readonly Role[], userIds: readonly string[], now: Date): Promise<PersonToTell[]> {
    const open = "user.state = 'ACTIVE'";
    const rows: Row[] = await this.db.query(
      `select user.id as user_id, user.display_name, user.phone, held.role, user.department_id
         from app_user user join user_role held on held.user_id = user.id
        where ${open} and held.role in (?) and (held.until is null or held.until > ?)
       union all
       select user.id, user.display_name, user.phone, m.role, m.department_id
         from app_user user join membership m on m.user_id = user.id
        where ${open} and m.role in (?) and m.since <= ? and (m.until is null or m.until > ?)
       union all
       select user.id, user.display_name, user.phone, null, null from app_user user where ${open} and user.id in (?)`,
      [inList(roles), now, inList(roles), now, now, inList(userIds)],
    );
    return [...Map.groupBy(rows, (row) => row.user_id)]
      .map(([userId, held]) => ({
        userId,
        displayName: held[0]?.display_name ?? '',
        phone: held[0]?.phone ?? null,
        roles: held.flatMap(({ role, department_id: departmentId }) => (role === null ? [] : [{ role, departmentId }])),
      }))
      .toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
  }
}
