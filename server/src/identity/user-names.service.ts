import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Role } from '../kernel/viewer.js';
import { inList } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { usernameOf } from './domain/username.js';

/** Who somebody is, for features that name people. */
export interface NamedUser {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly departmentId: string | null;
  readonly active: boolean;
  readonly roles: readonly string[];
}

const COLUMNS = `u.id, u.username, u.display_name, u.department_id, u.state,
  (select group_concat(r.role) from user_role r where r.user_id = u.id and (r.until is null or r.until > ?)) as roles`;

@Injectable()
export class UserNames {
  constructor(
    private readonly db: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Batch for loaders. Unscoped: reached by id from a row that the viewer may already see. */
  named = async (ids: readonly string[]): Promise<(NamedUser | null)[]> => {
    const rows = await this.db.query(`select ${COLUMNS} from app_user u where u.id in (?)`, [
      this.clock.now(),
      inList(ids),
    ]);
    return inOrderOf(ids, rows.map(toNamed), (user: NamedUser) => user.id);
  };

  /** null = nobody of that name who may sign in. Whoever asks compares the department. */
  async activeByName(username: string): Promise<NamedUser | null> {
    const [row] = await this.db.query(`select ${COLUMNS} from app_user u where u.username = ? and u.state = 'ACTIVE'`, [
      this.clock.now(),
      usernameOf(username),
    ]);
    return row ? toNamed(row) : null;
  }

  /** Departments in which somebody holds the role now: the own one, and those of memberships. */
  async departmentsAs(role: Role, userId: string): Promise<string[]> {
    const now = this.clock.now();
    const rows: { id: string }[] = await this.db.query(
      `select u.department_id as id from app_user u join user_role r on r.user_id = u.id
       where u.id = ? and u.department_id is not null and r.role = ? and (r.until is null or r.until > ?)
       union select m.department_id from membership m where m.user_id = ? and m.role = ? and (m.until is null or m.until > ?)`,
      [userId, role, now, userId, role, now],
    );
    return rows.map((row) => row.id);
  }
}

function toNamed(row: Record<string, string | null>): NamedUser {
  return {
    id: row.id as string,
    username: row.username as string,
    displayName: row.display_name as string,
    departmentId: row.department_id ?? null,
    active: row.state === 'ACTIVE',
    roles: row.roles?.split(',') ?? [],
  };
}
