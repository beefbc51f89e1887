import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RoundsService } from '../approvals/rounds.service.js';
import { DepartmentUse } from '../departments/department-use.service.js';
import type { Worker } from '../identity/domain/hand-over.js';
import { type PartOfWork, WorkToHandOver } from '../identity/work-to-hand-over.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { PaymentUse } from '../systems/payment-use.service.js';
import type { RequestState } from './domain/request-state.js';
import { RequestCustodyRepository } from './request-custody.repository.js';

/**
 * What the applicant still has to do something about, now or when it comes back. Whoever had it before stays among those
 * who may not sign it (approvals/domain/round.ts), so that nobody hands over what he drafted and signs it himself.
 */
const HANDED_OVER: readonly RequestState[] = ['DRAFT', 'RETURNED', 'AWAITING_SIGN_OFF', 'UNDER_REVIEW'];
const ENDED: readonly RequestState[] = ['REJECTED', 'WITHDRAWN', 'EXPIRED', 'CLOSED'];

/** Whose requests are whose when people leave and departments close. */
@Injectable()
export class RequestCustody implements OnModuleInit, PartOfWork {
  readonly key = 'requests';
  readonly name = say(
    '未办结的申请单（草稿、退回、待审签、在审）',
    'open requests: drafts, returned, awaiting sign-off, under review',
  );

  constructor(
    private readonly repository: RequestCustodyRepository,
    private readonly rounds: RoundsService,
    private readonly work: WorkToHandOver,
    private readonly use: DepartmentUse,
    private readonly paid: PaymentUse,
  ) {}

  onModuleInit(): void {
    this.work.register(this);
    this.paid.register('requests', (tx, link) => this.repository.countPaidFor(tx, link));
    this.use.register({
      key: 'requests',
      name: say('未结申请单', 'open requests'),
      count: (tx, departmentId) => this.repository.countInDepartment(tx, departmentId, ENDED),
    });
  }

  count(userId: string): Promise<number> {
    return this.repository.countOf(userId, HANDED_OVER);
  }

  /** Refused when the successor may not edit requests of one of the departments, or has signed one that still runs. */
  async move(tx: Tx, from: Worker, to: Worker): Promise<Result<number, readonly Refusal[]>> {
    const requests = await this.repository.lockedOf(tx, from.userId, HANDED_OVER);
    const scope = scopeFor(to, 'REQUEST', 'EDIT');
    const beyond = requests.filter((request) => !reaches(scope, request));
    if (beyond.length > 0)
      return refuse([
        mayNotTake(
          to,
          beyond.map((request) => request.code),
        ),
      ]);
    const ids = requests.map((request) => request.id);
    const signed = new Set(await this.rounds.decidedBy(tx, ids, to.userId));
    if (signed.size > 0)
      return refuse([
        hasSigned(
          to,
          requests.filter(({ id }) => signed.has(id)).map(({ code }) => code),
        ),
      ]);
    await this.repository.give(tx, ids, to);
    await this.rounds.applicantChanged(tx, ids, to.userId);
    for (const { id } of requests) tx.changed('request', id);
    return ok(requests.length);
  }
}

/** Codes named in one sentence; the rest is a number. */
const CODES_NAMED_MAX = 5;

function mayNotTake(to: Worker, codes: readonly string[]): Refusal {
  const named = codes.slice(0, CODES_NAMED_MAX).join(', ');
  return {
    code: 'NOT_PERMITTED',
    path: ['toId'],
    reason: 'SUCCESSOR_MAY_NOT',
    message: say(
      `${to.name} 没有经办人权限，不能接手 ${codes.length} 份申请单（${named}）`,
      `${to.name} may not edit requests there and cannot take ${codes.length} of them (${named})`,
    ),
  };
}

function hasSigned(to: Worker, codes: readonly string[]): Refusal {
  const named = codes.slice(0, CODES_NAMED_MAX).join(', ');
  return {
    code: 'NOT_PERMITTED',
    path: ['toId'],
    reason: 'SUCCESSOR_SIGNED',
    message: say(
      `${to.name} 已在 ${codes.length} 份在办申请单上签署（${named}），不能再做其经办人；请交给他人，或待其办结`,
      `${to.name} has signed ${codes.length} requests that still run (${named}) and cannot become their applicant: choose another, or wait until they end`,
    ),
  };
}
