import { Injectable } from '@nestjs/common';
import type { Role } from '../kernel/viewer.js';
import { PeopleToTellRepository, type PersonToTell } from './people-to-tell.repository.js';

/** Who holds which role where, for telling people. */
@Injectable()
export class PeopleToTell {
  constructor(private readonly repository: PeopleToTellRepository) {}

  /** Open accounts that hold one of the roles now, in their own department or by a membership, and the named ones. */
  find(roles: readonly Role[], userIds: readonly string[], now: Date): Promise<PersonToTell[]> {
    return this.repository.find(roles, userIds, now);
  }
}
