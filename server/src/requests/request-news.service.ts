import { Injectable } from '@nestjs/common';
import { currentStep, type Decided, type Round } from '../approvals/domain/round.js';
import { DepartmentsService } from '../departments/departments.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { type RequestToTell, reminded, requestMoved, stepIsLate, stepWaits } from './domain/request-notices.js';

const NEWS_OF = { RETURNED: 'RETURN', REJECTED: 'REJECT', COMPLETED: 'GRANT' } as const;

/** Says in the act itself who should hear of it; telling them is another's. */
@Injectable()
export class RequestNews {
  constructor(
    private readonly notices: Notices,
    private readonly departments: DepartmentsService,
  ) {}

  /** To whoever may sign the step that is current now. */
  async stepWaits(tx: Tx, request: RequestToTell, round: Round): Promise<void> {
    await this.notices.tell(tx, stepWaits(request, round, await this.cityOf(tx, request, round)));
  }

  /** What a signature leads to: the next step waits, or whose request it is hears how it ended. */
  async signed(tx: Tx, request: RequestToTell, { outcome, round }: Decided): Promise<void> {
    if (outcome === 'NEXT') await this.stepWaits(tx, request, round);
    else if (outcome !== 'STAYS') await this.moved(tx, request, NEWS_OF[outcome]);
  }

  async reminded(tx: Tx, request: RequestToTell, round: Round, by: string): Promise<void> {
    await this.notices.tell(tx, reminded(request, round, await this.cityOf(tx, request, round), by));
  }

  async stepIsLate(tx: Tx, request: RequestToTell, round: Round): Promise<void> {
    const late = stepIsLate(request, round, await this.cityOf(tx, request, round));
    if (late) await this.notices.tell(tx, late);
  }

  async moved(tx: Tx, request: RequestToTell, move: Parameters<typeof requestMoved>[1]): Promise<void> {
    await this.notices.tell(tx, requestMoved(request, move));
  }

  /** Only where a city's administrator is to hear of it. null = the department is of no city. */
  private async cityOf(tx: Tx, request: RequestToTell, round: Round): Promise<string | null> {
    const step = currentStep(round);
    const roles = [...(step?.seats.flatMap((seat) => seat.roles) ?? []), step?.escalatesTo];
    if (!roles.includes('CITY_ADMINISTRATOR')) return null;
    const lineage = await this.departments.lineage(request.departmentId, tx);
    return lineage.find((department) => department.level === 'CITY')?.id ?? null;
  }
}
