import { AllocationService } from '../../../server/src/allocation/allocation.service.js';
import { holdExpiry } from '../../../server/src/allocation/domain/claim.js';
import type { Center, NetworkZone, Pool } from '../../../server/src/facilities/domain/facility.js';
import { takenMachine } from '../../../server/src/intake/taken-machine.js';
import { NetworksRepository } from '../../../server/src/networks/networks.repository.js';
import { Counters } from '../../../server/src/platform/counters/counters.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { Tx } from '../../../server/src/platform/database/unit-of-work.js';
import { RequestEntity } from '../../../server/src/requests/requests.entity.js';
import * as build from '../builders/facility.ts';
import { ProvinceReadings } from './readings.ts';

export const SIZE = { vcpu: 2, memoryMib: 4_096, diskGib: 40, storageTier: 'SSD' as const };
const IMAGE_SOURCE = { registry: { url: 'docker://registry.example/images/openeuler:24.03' } };

interface Granting {
  readonly devicePreference?: string | null;
  readonly networkId?: string | null;
  readonly quotaIds?: readonly string[];
}

/** What a test puts into a province before anything happens: centers, quotas, networks, and machines that were granted or taken in. */
export abstract class ProvinceMakings extends ProvinceReadings {
  private made = 0;

  protected async openCenter(code: string): Promise<Pool> {
    const { facilities, unitOfWork } = this.records;
    const center: Center = build.center({ code });
    const cluster = build.cluster(center);
    const pool = build.pool(cluster, { code: `${code}-amd64-extranet`, architecture: 'AMD64' });
    await unitOfWork.run(async (tx) => {
      await facilities.add(tx, { centers: [center], clusters: [cluster], pools: [pool] });
      await (this.records.allocation as AllocationService).openPool(tx, {
        poolId: pool.id,
        vcpu: 4_000,
        memoryMib: 8_000_000,
        storage: { SSD: 100_000, HDD: 0 },
      });
    });
    return pool;
  }

  /** A quota of a department's, with room for everything; its counters count what is taken of it. */
  async openQuota(): Promise<string> {
    const id = newId();
    const limits = { MACHINE: 1_000, VCPU: 10_000, MEMORY_MIB: 10_000_000, STORAGE_GIB: 100_000 };
    await this.records.unitOfWork.run((tx) => new Counters(this.db).open(tx, 'QUOTA', id, limits));
    return id;
  }

  /** A network with addresses for whoever asks, in the zone of the center's pool. */
  async openNetwork(centerCode: string, { code, vlanId }: { code: string; vlanId: number }): Promise<string> {
    const { centerId, zone } = this.poolOf(centerCode);
    return this.records.unitOfWork.run((tx) =>
      this.insertNetwork(tx, { centerId: centerId as string, zone: zone as NetworkZone, code, vlanId }),
    );
  }

  protected async insertNetwork(
    tx: Tx,
    { code, vlanId, ...where }: { centerId: string; zone: NetworkZone; code: string; vlanId: number },
  ): Promise<string> {
    const [id, second] = [newId(), 16 + (vlanId % 200)];
    const network = {
      ...{ id, code, name: code, ...where, vlanId, version: 1 },
      ...{ ipv4Prefix: `10.${second}.0.0/24`, ipv4Gateway: `10.${second}.0.1`, singleStackReason: null },
      ...{ ipv6Prefix: `2001:db8:${second}::/64`, ipv6Gateway: `2001:db8:${second}::1`, reserved: [] },
      createdAt: tx.now,
    };
    await new NetworksRepository(this.database.db).insertAll(tx, [network]);
    return id;
  }

  /** An approved request for machines in one center: its claims are allocated, its resources are made. */
  async approve(
    centerCode: string,
    machines: number,
    departmentCode = 'js-finance',
    { devicePreference = null, networkId = null, quotaIds = [] }: Granting = {},
  ): Promise<string[]> {
    this.made += 1;
    const requestCode = `SQ-2026-${String(this.made).padStart(6, '0')}`;
    const pool = this.poolOf(centerCode);
    const [requestId, lineId, departmentId, systemId, projectId] = Array.from({ length: 5 }, () => newId()) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const { unitOfWork } = this.records;
    const allocation = this.records.allocation as AllocationService;
    await unitOfWork.run(async (tx) => {
      await tx.manager.insert(RequestEntity, {
        id: requestId,
        code: requestCode,
        nature: 'NEW',
        restartAgreed: false,
        state: 'PROVISIONING',
        stateSince: tx.now,
        version: 1,
        departmentId,
        systemId,
        projectId,
        purpose: '预算一体化',
        applicantId: newId(),
        applicantName: '李四',
        formerApplicantIds: null,
        monthlyFen: 0n,
        machineCount: machines,
        ...{ serverCount: 0, cabinetCount: 0, serviceCount: 0 },
        createdAt: tx.now,
        submittedAt: tx.now,
        heldSince: tx.now,
        holdExpiresAt: null,
        dueAt: null,
      });
      const share = { share: 'MAIN', standing: 'RUNNING' } as const;
      const piece = { lineId, size: SIZE, poolId: pool.id, count: machines, ...share };
      const { takeLast } = await allocation.hold(
        tx,
        { requestId, departmentId, expiresAt: holdExpiry(tx.now, tx.now), quotaIds },
        [piece],
        [],
      );
      const claims = await allocation.allocate(tx, requestId);
      await this.resources.create(
        tx,
        claims.map(({ claimId }, index) => ({
          ...SIZE,
          claimId,
          lineId,
          requestId,
          requestCode,
          departmentId,
          departmentCode,
          systemId,
          systemCode: 'SYS-000001',
          projectId,
          code: `VM-${requestCode.slice(3)}-${index + 1}`,
          name: `budget-${index + 1}`,
          objectName: `budget-${this.made}-${index + 1}`,
          offerId: newId(),
          imageId: newId(),
          centerId: pool.centerId as string,
          poolId: pool.id,
          architecture: pool.architecture,
          zone: pool.zone,
          imageSource: IMAGE_SOURCE,
          devicePreference,
          accelerators: null,
          monthlyFen: 0n,
          temporaryUntil: null,
          standby: false,
          management: 'DRIVEN',
        })),
        '集云',
      );
      if (networkId !== null) {
        const made: { id: string; name: string }[] = await tx.manager.query(
          'select id, name from resource where request_id = ?',
          [requestId],
        );
        const subjects = made.map(({ id, name }) => subjectOf({ id, departmentId, name }));
        await this.services.addresses.claimNext(tx, networkId, subjects);
      }
      await tx.writeChanges();
      await takeLast();
    });
    return (await this.resources.ofRequests([requestId]))[0]?.map((row) => row.id) ?? [];
  }

  /** A machine that ran before, on record and only observed; without an object, only on record. As an approved intake leaves it. */
  async takeIn(
    centerCode: string,
    object: { readonly namespace: string; readonly name: string } | null,
    size: { readonly vcpu: number; readonly memoryMib: number },
  ): Promise<string> {
    const { id: poolId, architecture, zone, ...pool } = this.poolOf(centerCode);
    const centerId = pool.centerId as string;
    const [batchId, itemId, departmentId, systemId, projectId] = Array.from({ length: 5 }, () => newId()) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const content = {
      ...{ kind: 'MACHINE' as const, poolId, centerId, architecture, zone, ...size, object, addresses: [] },
      ...{ diskGib: 100, storageTier: 'SSD' as const },
    };
    const entry = {
      id: itemId,
      name: object?.name ?? 'elsewhere',
      systemId,
      departmentId,
      sourcePlatform: 'VMware',
      content,
    };
    const owner = { departmentCode: 'js-finance', systemCode: 'SYS-000001', projectId, levels: [] };
    const { unitOfWork } = this.records;
    const allocation = this.records.allocation as AllocationService;
    return unitOfWork.run(async (tx) => {
      const taken = takenMachine(
        { id: batchId, code: 'NG-2026-000001' },
        { ...entry, startedOn: '2024-03-01' },
        owner,
        { code: `VM-${itemId.slice(-12)}`, monthlyFen: 0n },
        { now: tx.now, actorName: '张三', newId },
      );
      await this.resources.takeOver(tx, [taken.resource], taken.events);
      const { takeLast } = await allocation.takeOver(tx, [taken.claim]);
      tx.changed('resource', taken.resource.id);
      await tx.writeChanges();
      await takeLast();
      return taken.resource.id;
    });
  }
}

export const subjectOf = ({ id, departmentId, name }: { id: string; departmentId: string; name: string }) => ({
  ...{ type: 'Resource', id, departmentId, purpose: name, actorName: '集云' },
});
