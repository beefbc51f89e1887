import { AllocationService } from '../../server/src/allocation/allocation.service.js';
import { Acts } from '../../server/src/audit/acts.service.js';
import { AuditRepository } from '../../server/src/audit/audit.repository.js';
import { IdempotencyRepository } from '../../server/src/audit/idempotency.repository.js';
import { DepartmentsRepository } from '../../server/src/departments/departments.repository.js';
import { DepartmentsService } from '../../server/src/departments/departments.service.js';
import { FreezeGate } from '../../server/src/freezes/freeze-gate.service.js';
import { FreezesRepository } from '../../server/src/freezes/freezes.repository.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { AddressesRepository } from '../../server/src/networks/addresses.repository.js';
import { AddressesService } from '../../server/src/networks/addresses.service.js';
import { NetworksRepository } from '../../server/src/networks/networks.repository.js';
import { newKeyRing } from '../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import { newId } from '../../server/src/platform/database/ids.js';
import type { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { Notices } from '../../server/src/platform/notices/notices.js';
import type { PowerAction } from '../../server/src/resources/domain/power-actions.js';
import { ResourceMoves } from '../../server/src/resources/resource-moves.service.js';
import { ResourceOperating } from '../../server/src/resources/resource-operating.service.js';
import { ResourcePower } from '../../server/src/resources/resource-power.service.js';
import {
  ResourceSnapshotsRepository,
  type SnapshotRow,
} from '../../server/src/resources/resource-snapshots.repository.js';
import { ResourceSnapshots } from '../../server/src/resources/resource-snapshots.service.js';
import { ResourcesRepository } from '../../server/src/resources/resources.repository.js';
import { SnapshotRecord } from '../../server/src/resources/snapshot-record.service.js';
import type { Province } from './province.ts';

/** Who presses: the department where nothing is said, else the center, which says why. */
interface AsCenter {
  readonly reason: string;
}

type Answer = { readonly ok: boolean; readonly error?: readonly object[] };

/** Whoever operates the machines of a province: its departments' people and the center's. */
export class OperatingDesk {
  readonly power: ResourcePower;
  readonly snapshots: ResourceSnapshots;
  /** What a worker needs to drive snapshots too. */
  readonly records: Province['records'];

  constructor(private readonly province: Province) {
    const { db } = province;
    const work = province.records.unitOfWork as UnitOfWork;
    const acts = new Acts(
      work,
      new AuditRepository(db),
      new IdempotencyRepository(db),
      new SoftwareCrypto(newKeyRing(), 1_000),
    );
    const addresses = new AddressesService(new AddressesRepository(db), new NetworksRepository(db));
    const allocation = province.records.allocation as AllocationService;
    const moves = new ResourceMoves(new ResourcesRepository(db), allocation, addresses, {
      asked: async () => undefined,
    });
    const departments = new DepartmentsService(new DepartmentsRepository(db));
    const freezes = new FreezeGate(new FreezesRepository(db));
    const operating = new ResourceOperating(acts, moves, departments, new Notices(), freezes);
    const rows = new ResourceSnapshotsRepository(db);
    this.power = new ResourcePower(operating, moves);
    this.snapshots = new ResourceSnapshots(operating, rows, moves);
    this.records = { ...province.records, snapshots: new SnapshotRecord(rows, moves) };
  }

  viewer(departmentId: string | null = null): Viewer {
    return { userId: newId(), name: '王五', departmentId, address: null, traceId: 't' } as Viewer;
  }

  async scope(id: string): Promise<TenantScope> {
    return { kind: 'DEPARTMENTS', departmentIds: [(await this.province.row(id)).departmentId] };
  }

  private async scopeOf(id: string, center: AsCenter | undefined): Promise<TenantScope> {
    return center === undefined ? this.scope(id) : WHOLE_PROVINCE;
  }

  /** As the department presses it. */
  async press(id: string, action: PowerAction, scope?: TenantScope, reason = ''): Promise<Answer> {
    const { version } = await this.province.row(id);
    const wish = { resourceId: id, action, reason, expectedVersion: version, idempotencyKey: newId() };
    return this.power.operate(this.viewer(), scope ?? (await this.scope(id)), wish);
  }

  pressAsCenter(id: string, action: PowerAction, reason: string): Promise<Answer> {
    return this.press(id, action, WHOLE_PROVINCE, reason);
  }

  async showConsole(id: string, center?: AsCenter): Promise<Answer> {
    const wish = { resourceId: id, reason: center?.reason ?? '', idempotencyKey: newId() };
    return this.power.showConsole(this.viewer(), await this.scopeOf(id, center), wish);
  }

  async take(id: string, name: string, center?: AsCenter): Promise<Answer> {
    const wish = { resourceId: id, name, reason: center?.reason ?? '', idempotencyKey: newId() };
    return this.snapshots.take(this.viewer(), await this.scopeOf(id, center), wish);
  }

  async restore(id: string, snapshotId: string, center?: AsCenter): Promise<Answer> {
    const { version } = await this.province.row(id);
    const wish = { snapshotId, reason: center?.reason ?? '', expectedVersion: version, idempotencyKey: newId() };
    return this.snapshots.restore(this.viewer(), await this.scopeOf(id, center), wish);
  }

  async giveUp(id: string, snapshotId: string, center?: AsCenter): Promise<Answer> {
    const wish = { snapshotId, reason: center?.reason ?? '', idempotencyKey: newId() };
    return this.snapshots.giveUp(this.viewer(), await this.scopeOf(id, center), wish);
  }

  async delete(id: string, snapshotId: string, center?: AsCenter): Promise<Answer> {
    const wish = { snapshotId, reason: center?.reason ?? '', idempotencyKey: newId() };
    return this.snapshots.delete(this.viewer(), await this.scopeOf(id, center), wish);
  }

  /** The newest first; those that are gone are not among them. */
  async kept(id: string): Promise<SnapshotRow[]> {
    return (await this.snapshots.ofResources([id]))[0] ?? [];
  }

  /** What its log says, by kind, the oldest first. */
  async log(id: string): Promise<{ kind: string; side: string | null; reason: string | null; actorName: string }[]> {
    const [events = []] = await this.province.resources.eventsOf([id]);
    return events.map(({ actorName, kind, reason, side }) => ({ kind, side, reason, actorName })).toReversed();
  }

  async noticesOf(id: string): Promise<string[]> {
    const rows = await this.province.db.query('select text_zh as zh from notice where subject_id = ? order by id', [
      id,
    ]);
    return rows.map((row: { zh: string }) => row.zh);
  }
}
