import { Injectable } from '@nestjs/common';
import { CatalogService } from '../catalog/catalog.service.js';
import type { Actor } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { EndedService, ServiceEndings } from '../requests/service-endings.types.js';
import { BackupOrders } from './backup-orders.service.js';
import { TITLE_LENGTH_MAX } from './domain/content.js';
import { endInstructionsOf, wordedAnswers } from './domain/granted-line.js';
import { MadeOrders } from './made-orders.service.js';
import { PolicyClosing } from './policy-closing.service.js';
import { WorkOrdersRepository } from './workorders.repository.js';

/**
 * What a service that was given back leaves to people: one order to take it down. A network policy closes by its own way,
 * a backup ends with its service.
 */
@Injectable()
export class GivenBackWork implements ServiceEndings {
  constructor(
    private readonly orders: WorkOrdersRepository,
    private readonly made: MadeOrders,
    private readonly policies: PolicyClosing,
    private readonly backups: BackupOrders,
    private readonly catalog: CatalogService,
  ) {}

  /** Asked twice, the service has its order already. */
  async ended(tx: Tx, service: EndedService, by: Actor): Promise<void> {
    const { lineId, lineName, requestId, requestCode, departmentId, systemId } = service;
    if (await this.policies.withLine(tx, lineId, by)) return;
    if (await this.orders.ofEndedLine(tx, lineId)) return;
    const setUp = await this.orders.ofLine(tx, lineId);
    const backup = await this.backups.endedWithLine(tx, lineId, service.reason, by);
    const [definition] = await this.catalog.definitionsWithin(tx, service.definitionId ? [service.definitionId] : []);
    const answers = wordedAnswers(service.answers, definition?.fields ?? []);
    await this.made.make(tx, [
      {
        kind: 'SERVICE_END',
        title: `终止 ${lineName}（${requestCode}）`.slice(0, TITLE_LENGTH_MAX),
        instructions: endInstructionsOf({ ...service, answers }, setUp, backup),
        ...{ departmentId, systemId, centerId: setUp?.centerId ?? null, requestId, requestCode },
        subject: { endedLineId: lineId },
      },
    ]);
  }
}
