import { Injectable } from '@nestjs/common';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type MovedMachine, sharesAfterMachine } from './domain/moved-share.js';
import { RequestsRepository } from './requests.repository.js';

interface MachineOfRequest extends MovedMachine {
  readonly requestId: string;
  readonly lineId: string;
}

/** 改放: what a request says of itself once a machine that it was granted was placed elsewhere. */
@Injectable()
export class MovedMachines {
  constructor(private readonly repository: RequestsRepository) {}

  /** Before it is judged where a machine of it may go: of two the later one is judged by where the earlier one went. */
  async keep(tx: Tx, requestId: string): Promise<void> {
    await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
  }

  /** Within the act of whoever placed it; the request's row is locked, so that two machines of one line follow each other. */
  async moved(tx: Tx, machine: MachineOfRequest, by: Pick<Viewer, 'userId' | 'name'>, opinion: string): Promise<void> {
    const request = await this.repository.locked(tx, WHOLE_PROVINCE, machine.requestId);
    if (!request) return;
    const line = (await this.repository.lines(request.id, tx)).find(({ id }) => id === machine.lineId);
    if (line) await this.repository.recordShares(tx, line.id, sharesAfterMachine(line.shares, machine));
    await this.repository.appendStep(tx, request.id, {
      actorId: by.userId,
      actorName: by.name,
      actorRole: 'CAPACITY_ALLOCATOR',
      action: 'CHOOSE_PLACES',
      opinion,
      fromState: request.state,
      toState: request.state,
    });
    tx.changed('request', request.id);
  }
}
