import { Injectable } from '@nestjs/common';
import { namespaceOf } from '../departments/domain/department.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { IntakeApproval } from '../intake/approval.service.js';
import { ClusterIntake } from '../intake/cluster-intake.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Manifest } from '../provisioning/domain/cluster-object.js';
import type { QuarantineAction } from '../quarantine/domain/quarantine-state.js';
import { Quarantine } from '../quarantine/quarantine.service.js';
import { QuarantineActs } from '../quarantine/quarantine-acts.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { UnrecordedMachinesService } from '../resources/unrecorded-machines.service.js';
import { TakeOverPreviews } from '../takeovers/take-over-preview.service.js';
import { TakeOvers } from '../takeovers/take-overs.service.js';
import { done, type People } from './journey-people.js';
import { TOUR_DEPARTMENT } from './made-up-people.js';
import type { Strangers } from './strangers.js';

const CENTER = 'center-a';
const BEFORE = 'kvm-before-jiyun';
/** As the people who ran them before wrote them. */
const MIGRATOR = 'vmware-migration';
const PAGE = { first: 100, after: null };

/** Of the tour's department, in its own namespace: taken into the books, and only looked at. */
const OBSERVED = ['rsksw-web-01', 'rsksw-db-01', 'rsksw-file-01'];
/** In a namespace of before: nobody has said yet whose they are. */
const UNSORTED = ['oa-archive-01', 'oa-archive-02', 'mail-relay-01', 'gis-tile-01'];

interface Beside {
  readonly name: string;
  readonly manager: string;
  readonly kind: 'VirtualMachine' | 'NetworkPolicy';
  /** It says that it is of a record; there is none such. */
  readonly marked: boolean;
  readonly decided?: { readonly action: QuarantineAction; readonly reason: string };
}

const BESIDE: readonly Beside[] = [
  { name: 'yb-report-restored', manager: 'velero', kind: 'VirtualMachine', marked: true },
  { name: 'test-zhang-01', manager: 'kubectl-create', kind: 'VirtualMachine', marked: false },
  {
    ...{ name: 'data-exchange-tmp', manager: 'kubectl-create', kind: 'VirtualMachine', marked: false },
    decided: { action: 'KNOW', reason: '数据迁移临时机，迁移组申报，12 月 15 日前删除' },
  },
  {
    ...{ name: 'mining-suspect', manager: 'kubectl-create', kind: 'VirtualMachine', marked: false },
    decided: { action: 'QUARANTINE', reason: '来源不明且 CPU 长期占满，先停机待查' },
  },
  { name: 'jiyun-cl-2025-000117', manager: 'velero', kind: 'NetworkPolicy', marked: true },
];

/** What stands in the clusters and in no record: found by the workers, decided on and brought into the books by people. */
@Injectable()
export class DemonstrationUnrecorded {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly resources: ResourcesService,
    private readonly quarantine: Quarantine,
    private readonly quarantineActs: QuarantineActs,
    private readonly unrecorded: UnrecordedMachinesService,
    private readonly intake: ClusterIntake,
    private readonly approval: IntakeApproval,
    private readonly previews: TakeOverPreviews,
    private readonly takeOvers: TakeOvers,
  ) {}

  /** Lists some of each, and decides on two of what has no record. */
  async without({ workers: { facility } }: People, strangers: Strangers): Promise<void> {
    const namespace = namespaceOf(TOUR_DEPARTMENT);
    await this.namespaceThere(strangers, namespace);
    for (const { kind, manager, marked, name } of BESIDE) {
      const make = (manifest: Manifest) => strangers.make(CENTER, manager, manifest);
      if (kind === 'NetworkPolicy') await make(policy(namespace, name));
      else {
        await make(disk(namespace, name));
        await make(machine(namespace, name, marked ? { 'jiyun.internal/resource': newId() } : null));
      }
    }
    for (const { decided, name } of BESIDE) {
      if (!decided) continue;
      const row = await strangers.awaited(`${name} on the list`, () => this.listed(name));
      const wish = { objectId: row.id, expectedVersion: row.version, idempotencyKey: newId(), ...decided };
      await done(this.quarantineActs.decide(facility, wish));
    }
  }

  /** From what ran before the console to machines that it observes; taking one of them over waits for the second person. */
  async observed(people: People, strangers: Strangers, systemId: string): Promise<void> {
    const { facility } = people.workers;
    const namespace = namespaceOf(TOUR_DEPARTMENT);
    await this.namespaceThere(strangers, namespace);
    await strangers.make(CENTER, MIGRATOR, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: BEFORE } });
    for (const [where, names] of [[namespace, OBSERVED] as const, [BEFORE, UNSORTED] as const])
      for (const name of names) {
        await strangers.make(CENTER, MIGRATOR, disk(where, name));
        await strangers.make(CENTER, MIGRATOR, machine(where, name, null));
      }
    const centerId = await this.centerId();
    const seen = await strangers.awaited('machines of before are seen', async () => {
      const { rows } = await this.unrecorded.page({ centerId, search: 'rsksw-' }, PAGE);
      return rows.length === OBSERVED.length ? rows : undefined;
    });
    const pools = await this.facilities.poolsOfCenter(centerId);
    const pool = pools.find(({ clusterId, zone }) => clusterId !== null && zone === 'GOVERNMENT_EXTRANET');
    const wishes = seen.map(({ id }) => ({
      ...{ machineId: id, systemId, poolId: pool?.id, diskGib: 40, storageTier: 'SSD' as const },
      ...{ startedOn: '2024-03-18', sourcePlatform: '原人社虚拟化平台（VMware）' },
    }));
    const batch = await done(this.intake.prepare(facility, wishes, newId()));
    const opinion = '与原平台台账核对一致';
    await done(
      this.approval.approve(people.reviewer, { id: batch, expectedVersion: 1, opinion, idempotencyKey: newId() }),
    );
    await this.propose(people, strangers, OBSERVED[0] as string);
  }

  private async propose({ workers: { facility } }: People, strangers: Strangers, name: string): Promise<void> {
    const ready = await strangers.awaited(`${name} is observed`, async () => {
      const filter = { origin: 'INTAKE' as const, search: name };
      const [row] = (await this.resources.page(WHOLE_PROVINCE, filter, 'NAME', PAGE)).rows;
      const preview = row && (await this.previews.of(row));
      return row && preview?.shownHash ? { row, shownHash: preview.shownHash } : undefined;
    });
    const { row, shownHash } = ready;
    await done(
      this.takeOvers.propose(facility, {
        resourceId: row.id,
        expectedVersion: row.version,
        shownHash,
        idempotencyKey: newId(),
      }),
    );
  }

  /** A department's namespace is made with its first machine. */
  private async namespaceThere(strangers: Strangers, name: string): Promise<void> {
    await strangers.awaited(`namespace ${name}`, () =>
      strangers.get(CENTER, { kind: 'Namespace', namespace: null, name }),
    );
  }

  private async listed(name: string) {
    const filter = { states: [], causes: [], centerId: null, search: name };
    return (await this.quarantine.page(WHOLE_PROVINCE, filter, { first: 1, after: null })).rows[0];
  }

  private async centerId(): Promise<string> {
    const center = (await this.facilities.centers()).find(({ code }) => code === CENTER);
    if (!center) throw new Error(`the demonstration has no ${CENTER}`);
    return center.id;
  }
}

const MANAGED = { 'app.kubernetes.io/managed-by': 'jiyun' };

function machine(namespace: string, name: string, marks: Readonly<Record<string, string>> | null): Manifest {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { namespace, name, ...(marks ? { labels: { ...MANAGED, ...marks } } : {}) },
    spec: {
      runStrategy: 'Always',
      template: {
        metadata: { labels: { app: name } },
        spec: {
          domain: {
            cpu: { cores: 2 },
            memory: { guest: '4Gi' },
            devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] },
          },
          volumes: [{ name: 'root', dataVolume: { name: `${name}-root` } }],
        },
      },
    },
  };
}

function disk(namespace: string, name: string): Manifest {
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { namespace, name: `${name}-root` },
    spec: {
      source: { http: { url: 'http://images.made-up.invalid/before.qcow2' } },
      storage: { storageClassName: 'ssd', resources: { requests: { storage: '40Gi' } } },
    },
  };
}

function policy(namespace: string, name: string): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace, name, labels: { ...MANAGED, 'jiyun.internal/network-policy': newId() } },
    spec: {
      podSelector: { matchLabels: { 'jiyun.internal/system': 'SYS-RST-01' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ ipBlock: { cidr: '10.21.0.0/16' } }], ports: [{ protocol: 'TCP', port: 3306 }] }],
    },
  };
}
