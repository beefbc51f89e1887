import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Notice } from '../kernel/notice.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { DutyNoticesRepository } from './duty-notices.repository.js';
import type { NoticeRow } from './tickets.types.js';

/** One row of the outbox names so many departments, so that its audience fits its column; one transaction makes one such row. */
export const TOLD_AT_ONCE = 100;
/** A province in one round; what is more is told in the next. */
const BATCHES_PER_RUN = 100;

/**
 * Departments hear of a notice batch by batch, each in a transaction of its own: whom it was told is written in the same, so that
 * whoever goes on after a worker that died tells the rest, and nobody twice.
 */
@Injectable()
export class DutyNoticeTelling {
  constructor(
    private readonly repository: DutyNoticesRepository,
    private readonly notices: Notices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The next batch, under the notice's lock. @returns whether there may be more. */
  async next(tx: Tx, row: NoticeRow): Promise<boolean> {
    const departmentIds = await this.repository.untold(tx, row, TOLD_AT_ONCE);
    if (departmentIds.length > 0) {
      await this.notices.tell(tx, toldTo(row, departmentIds));
      await this.repository.told(tx, row, departmentIds);
    }
    if (departmentIds.length === TOLD_AT_ONCE) return true;
    await this.repository.allTold(tx, row);
    return false;
  }

  /** Called by housekeeping: what is not told yet. */
  async run(): Promise<void> {
    // One that cannot be told keeps no later one waiting.
    await eachAlone(await this.repository.telling(), (id) => this.go(id));
  }

  private async go(id: string): Promise<void> {
    for (let batch = 0; batch < BATCHES_PER_RUN; batch += 1) {
      const more = await this.unitOfWork.run(async (tx) => {
        const row = await this.repository.locked(tx, id);
        return row?.telling === 1 && (await this.next(tx, row));
      });
      if (!more) break;
    }
  }
}

/** Its head and its applicants: whoever of them is there reads it. */
function toldTo({ body, code, id, title, version }: NoticeRow, departmentIds: readonly string[]): Notice {
  const text = `${title}。${body.slice(0, 200)}`;
  return {
    ...{ kind: 'WORK_WAITING', subject: { type: 'DutyNotice', id } },
    audience: {
      roles: departmentIds.flatMap((departmentId) => [
        { role: 'DEPARTMENT_HEAD' as const, departmentId },
        { role: 'APPLICANT' as const, departmentId },
      ]),
    },
    // It is sent once, and each version after that reminds of it.
    text:
      version > 1
        ? say(`请回执通告 ${code}：${text}`, `Please confirm that you have read ${code}: ${text}`)
        : say(`值班台通告 ${code}：${text}`, `Notice ${code} of the duty desk: ${text}`),
    onceKey: `duty-notice/${id}/${version}/${departmentIds[0] ?? ''}`,
  };
}
