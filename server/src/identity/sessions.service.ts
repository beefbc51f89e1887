import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { UsersRepository } from './users.repository.js';

/** For features whose acts take a right away: pages that are open with it must not stay open. */
@Injectable()
export class Sessions {
  constructor(private readonly repository: UsersRepository) {}

  /** Signs somebody out everywhere. The number of sessions. */
  endAllOf(tx: Tx, userId: string): Promise<number> {
    return this.repository.endSessions(tx, userId);
  }
}
