import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { UserFacts } from './domain/user.js';
import { UsersRepository } from './users.repository.js';
import { newAccount } from './users.service.js';
import { DEPARTMENTS_OF_PEOPLE, type DepartmentsOfPeople, type UserRow } from './users.types.js';

const ROWS_PER_INSERT = 500;
/** No password matches it. */
const NO_PASSWORD = '!';

/** Accounts that come by the hundred. */
@Injectable()
export class ImportedUsers {
  constructor(
    private readonly repository: UsersRepository,
    @Inject(DEPARTMENTS_OF_PEOPLE) private readonly departments: DepartmentsOfPeople,
  ) {}

  /** Accounts by user name, whoever has them: for imports, which say of a taken name no more than that. */
  byNames(usernames: readonly string[]): Promise<ReadonlyMap<string, UserRow>> {
    return this.repository.byNames(usernames);
  }

  /**
   * Takes in accounts that nobody can sign in with until an initial password is issued. false = a user name was taken
   * meanwhile, or a department closed; the caller gives up the unit of work.
   */
  async addWithoutPassword(
    tx: Tx,
    wanted: readonly (UserFacts & { readonly departmentId: string })[],
  ): Promise<boolean> {
    for (const id of [...new Set(wanted.map((one) => one.departmentId))].toSorted())
      if (!(await this.departments.lockOpen(tx, id))) return false;
    for (let at = 0; at < wanted.length; at += ROWS_PER_INSERT) {
      const rows = wanted.slice(at, at + ROWS_PER_INSERT).map(({ departmentId, ...facts }) => ({
        ...newAccount(tx.now, facts, departmentId),
        passwordHash: NO_PASSWORD,
      }));
      if (!(await this.repository.insert(tx, rows))) return false;
    }
    return true;
  }
}
