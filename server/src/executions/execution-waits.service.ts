import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { waitsOf } from './domain/execution-waits.js';
import { ExecutionsRepository } from './executions.repository.js';

/** Whom an open execution waits for hears of it: nobody looks at a page for an hour in case his name comes up. */
@Injectable()
export class ExecutionWaits {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly notices: Notices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Each once, however often it is asked and by how many processes. Costs one indexed read while nothing is open. */
  async tell(): Promise<void> {
    const open = await this.repository.open();
    if (open.length === 0) return;
    const ids = open.map(({ id }) => id);
    const [steps, approvals] = await Promise.all([this.repository.steps(ids), this.repository.approvals(ids)]);
    const told = open.flatMap((execution) =>
      waitsOf(
        execution,
        steps.filter(({ executionId }) => executionId === execution.id),
        approvals.flatMap(({ executionId, userId }) => (executionId === execution.id ? [userId] : [])),
      ),
    );
    if (told.length > 0) await this.unitOfWork.run((tx) => this.notices.tell(tx, ...told));
  }
}
