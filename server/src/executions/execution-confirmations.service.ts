import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { confirmationMissed } from './domain/execution-notices.js';
import { ExecutionsRepository } from './executions.repository.js';

/** What was pressed under an advance approval is confirmed by the other side within a day, or it is told. */
@Injectable()
export class ExecutionConfirmations {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly notices: Notices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Each once, however often it is asked and by how many processes. */
  async tell(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const missed = await this.repository.unconfirmed(tx);
      await this.notices.tell(tx, ...missed.map(confirmationMissed));
    });
  }
}
