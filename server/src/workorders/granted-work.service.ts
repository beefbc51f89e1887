import { Injectable } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { GrantedLine, LineFulfilment } from '../requests/fulfilment.types.js';
import { SystemSites } from '../resources/system-sites.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { BackupOrders } from './backup-orders.service.js';
import { instructionsOf, kindOfLine, policyWishOf } from './domain/granted-line.js';
import { checkPolicy } from './domain/network-policy.js';
import { STEPS_OF_KIND } from './domain/steps.js';
import { newPolicy } from './new-policy.js';
import { OrderNews } from './order-news.service.js';
import { PolicyOpening } from './policy-opening.service.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import { newOrder } from './workorders.service.js';

const BY_THE_CONSOLE = { userId: null, name: '集云', departmentId: null, address: null, traceId: '' };

/** What an approved request leaves to people: one order a line, or a network policy where the line asks for one. */
@Injectable()
export class GrantedWork implements LineFulfilment {
  constructor(
    private readonly orders: WorkOrdersRepository,
    private readonly opening: PolicyOpening,
    private readonly backups: BackupOrders,
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly sites: SystemSites,
    private readonly news: OrderNews,
    private readonly codes: CodeSequence,
  ) {}

  async granted(tx: Tx, lines: readonly GrantedLine[]): Promise<void> {
    for (const line of lines) if (!(await this.asPolicy(tx, line))) await this.asOrder(tx, line);
  }

  /** Told twice, the line has its order already. */
  private async asOrder(tx: Tx, line: GrantedLine): Promise<void> {
    if (await this.orders.ofLine(tx, line.lineId)) return;
    const id = newId(tx.now.getTime());
    const code = await this.codes.nextWithin(tx.manager, 'GD', accountingYear(tx.now));
    const kind = kindOfLine(line);
    const content = {
      kind,
      title: `${line.lineName}（${line.requestCode}）`,
      instructions: instructionsOf(line),
      departmentId: line.departmentId,
      systemId: line.systemId,
      centerId: line.centerId,
      windowFrom: null,
      windowTo: null,
      escort: null,
    };
    const { requestId, requestCode, lineId } = line;
    const order = {
      ...newOrder(id, code, content, tx.now, BY_THE_CONSOLE, 'SUBMITTED'),
      requestId,
      requestCode,
      lineId,
      backupId: kind === 'BACKUP' ? await this.backups.granted(tx, line) : null,
    };
    await this.orders.insert(tx, order);
    await this.orders.setSteps(tx, id, STEPS_OF_KIND[kind]);
    const by = { orderId: id, actorId: null, actorName: BY_THE_CONSOLE.name, opinion: null };
    await this.orders.appendEvent(tx, { ...by, action: 'CREATE', fromState: null, toState: 'SUBMITTED' });
    await this.news.moved(tx, order, 'SUBMIT', BY_THE_CONSOLE);
    tx.changed('workOrder', id);
  }

  /** false = the line asks for something else, or for what can no longer be opened so: people then look at it. */
  private async asPolicy(tx: Tx, line: GrantedLine): Promise<boolean> {
    const wish = policyWishOf(line);
    const checked = wish && checkPolicy(wish, calendarDate(tx.now));
    const system = checked?.ok ? await this.systems.kept(tx, line.systemId) : null;
    if (!checked?.ok || !system) return false;
    const where = await this.sites.of(system.id, tx);
    if (where.length === 0) return false;
    const department = (await this.departments.lineage(system.departmentId, tx)).find(
      ({ id }) => id === system.departmentId,
    );
    if (!department) return false;
    const code = await this.codes.nextWithin(tx.manager, 'CL', accountingYear(tx.now));
    const policy = newPolicy(newId(tx.now.getTime()), code, checked.value, tx.now, {
      system,
      departmentCode: department.code,
      peerSystemCode: null,
      applicant: { userId: null, name: line.requestCode },
    });
    await this.opening.insertActive(tx, { ...policy, lineId: line.lineId, decidedBy: line.requestCode }, where);
    return true;
  }
}
