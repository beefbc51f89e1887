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
import { type MadeOrder, MadeOrders } from './made-orders.service.js';
import { newPolicy } from './new-policy.js';
import { PolicyOpening } from './policy-opening.service.js';
import { WorkOrdersRepository } from './workorders.repository.js';

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
    private readonly made: MadeOrders,
    private readonly codes: CodeSequence,
  ) {}

  /** Told twice, a line has its order already. */
  async granted(tx: Tx, lines: readonly GrantedLine[]): Promise<void> {
    const left: GrantedLine[] = [];
    for (const line of lines) if (!(await this.asPolicy(tx, line))) left.push(line);
    const known = await this.orders.linesWithOrders(
      tx,
      left.map((line) => line.lineId),
    );
    const made: MadeOrder[] = [];
    for (const line of left.filter(({ lineId }) => !known.has(lineId)))
      made.push(orderOf(line, kindOfLine(line) === 'BACKUP' ? await this.backups.granted(tx, line) : null));
    await this.made.make(tx, made);
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

function orderOf(line: GrantedLine, backupId: string | null): MadeOrder {
  const { departmentId, systemId, centerId, requestId, requestCode, lineId } = line;
  return {
    kind: kindOfLine(line),
    title: `${line.lineName}（${requestCode}）`,
    instructions: instructionsOf(line),
    ...{ departmentId, systemId, centerId, requestId, requestCode },
    subject: { lineId },
    backupId,
  };
}
