import { Inject, Injectable } from '@nestjs/common';
import { CatalogService } from '../catalog/catalog.service.js';
import { hostImageOf } from '../catalog/domain/server-image.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { FulfilmentCodes, GrantedLine, LineCodes, LineFulfilment } from '../requests/fulfilment.types.js';
import { SystemSites } from '../resources/system-sites.service.js';
import { HostOrders } from '../servers/host-orders.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { BackupOrders } from './backup-orders.service.js';
import { instructionsOf, kindOfLine, policyWishOf, wordedAnswers } from './domain/granted-line.js';
import { checkPolicy } from './domain/network-policy.js';
import type { WorkOrderKind } from './domain/work-order.js';
import { type MadeOrder, MadeOrders } from './made-orders.service.js';
import { newPolicy } from './new-policy.js';
import { PolicyOpening } from './policy-opening.service.js';
import { WorkOrdersRepository } from './workorders.repository.js';

/** Where a line asks for a record beside its order: the letters of that record's code. */
const RECORDS: { readonly [K in WorkOrderKind]?: string } = { NETWORK_POLICY: 'CL', BACKUP: 'BF' };

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
    private readonly hosts: HostOrders,
    private readonly catalog: CatalogService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Each in a statement of its own. What comes to nothing leaves a gap. */
  async prepare(lines: readonly Pick<GrantedLine, 'lineId' | 'kind' | 'answers'>[]): Promise<FulfilmentCodes> {
    const year = accountingYear(this.clock.now());
    const orders = await this.codes.take('GD', year, lines.length);
    const codes = new Map<string, LineCodes>();
    for (const [at, line] of lines.entries()) {
      const letters = RECORDS[kindOfLine(line)];
      const record = letters === undefined ? null : await this.codes.next(letters, year);
      codes.set(line.lineId, { order: orders[at] as string, record });
    }
    return codes;
  }

  /** Told twice, a line has its order already. */
  async granted(tx: Tx, lines: readonly GrantedLine[], codes: FulfilmentCodes = new Map()): Promise<void> {
    const left: GrantedLine[] = [];
    const installed = await this.asHosts(tx, lines);
    for (const line of lines)
      if (!installed.has(line.lineId) && !(await this.asPolicy(tx, line, codes.get(line.lineId)))) left.push(line);
    const known = await this.orders.linesWithOrders(
      tx,
      left.map((line) => line.lineId),
    );
    const definitions = await this.catalog.definitionsWithin(tx, [
      ...new Set(left.flatMap(({ definitionId }) => definitionId ?? [])),
    ]);
    const fields = new Map(definitions.map((definition) => [definition.id, definition.fields]));
    const made: MadeOrder[] = [];
    for (const line of left.filter(({ lineId }) => !known.has(lineId))) {
      const own = codes.get(line.lineId);
      const backupId = kindOfLine(line) === 'BACKUP' ? await this.backups.granted(tx, line, own?.record) : null;
      const answers = wordedAnswers(line.answers, fields.get(line.definitionId ?? '') ?? []);
      made.push({ ...orderOf(line, backupId, answers), code: own?.order ?? null });
    }
    await this.made.make(tx, made);
  }

  /** The lines of servers that their clusters install. */
  private async asHosts(tx: Tx, lines: readonly GrantedLine[]): Promise<ReadonlySet<string>> {
    const ofServers = lines.filter(({ kind, nature }) => kind === 'SERVER' && nature === 'NEW');
    if (ofServers.length === 0) return new Set();
    const images = await this.catalog.imagesWithin(tx);
    const wanted = ofServers.map(({ imageId, lineId, requestCode, subjectIds }) => ({
      ...{ lineId, requestCode, serverIds: subjectIds },
      imageOf: (architecture: string) => hostImageOf(images, architecture, imageId ?? null),
    }));
    return this.hosts.take(tx, wanted);
  }

  /** false = the line asks for something else, or for what can no longer be opened so: people then look at it. */
  private async asPolicy(tx: Tx, line: GrantedLine, codes: LineCodes | undefined): Promise<boolean> {
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
    const code = codes?.record ?? (await this.codes.nextWithin(tx.manager, 'CL', accountingYear(tx.now)));
    const policy = newPolicy(newId(tx.now.getTime()), code, checked.value, tx.now, {
      system,
      departmentCode: department.code,
      peerSystemCode: null,
      applicant: { userId: null, name: line.requestCode },
    });
    const active = { ...policy, lineId: line.lineId, decidedBy: line.requestCode };
    await this.opening.insertActive(tx, active, where, codes?.order);
    return true;
  }
}

function orderOf(line: GrantedLine, backupId: string | null, answers: GrantedLine['answers']): MadeOrder {
  const { departmentId, systemId, centerId, requestId, requestCode, lineId } = line;
  return {
    kind: kindOfLine(line),
    title: `${line.lineName}（${requestCode}）`,
    instructions: instructionsOf({ ...line, answers }),
    ...{ departmentId, systemId, centerId, requestId, requestCode },
    subject: { lineId },
    backupId,
  };
}
