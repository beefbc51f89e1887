import { Injectable } from '@nestjs/common';
import { CatalogService } from '../catalog/catalog.service.js';
import { checkCodeOf } from '../documents/domain/scan.js';
import { FormContents } from '../documents/form-contents.service.js';
import { FormsService } from '../documents/forms.service.js';
import { ScansService } from '../documents/scans.service.js';
import { FilesService } from '../files/files.service.js';
import { permissionsOf } from '../identity/domain/permissions.js';
import { UserNames } from '../identity/user-names.service.js';
import { type Role, scopeFor, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { ReclaimService } from '../reclaim/reclaim.service.js';
import type { LineContent } from '../requests/domain/content.js';
import { RequestsService } from '../requests/requests.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { DemonstrationBudgets } from './demonstration-budgets.js';
import { DemonstrationChains } from './demonstration-chains.js';
import { DemonstrationChanges } from './demonstration-changes.js';
import { DemonstrationOperations } from './demonstration-operations.js';
import { InstalledServers } from './installed-servers.js';
import { done, own, type People, type Way } from './journey-people.js';
import { RECORDED_POOL, RecordedWork } from './recorded-work.js';
import { RequestWays } from './request-ways.js';

const NO_PART = { vm: null, server: null, cabinet: null, service: null } as const;
const AS_SYSTEM = { centerId: null, localMode: null, remoteMode: null } as const;

/**
 * What people of the tour's department did this morning: requests of every kind, each as far along as it goes, made by the
 * same acts as theirs. After the console has opened, so that nobody waits for it.
 */
@Injectable()
export class DemonstrationJourneys {
  constructor(
    private readonly users: UserNames,
    private readonly systems: SystemsService,
    private readonly catalog: CatalogService,
    private readonly requests: RequestsService,
    private readonly ways: RequestWays,
    private readonly changes: DemonstrationChanges,
    private readonly chains: DemonstrationChains,
    private readonly budgets: DemonstrationBudgets,
    private readonly operations: DemonstrationOperations,
    private readonly forms: FormsService,
    private readonly contents: FormContents,
    private readonly scans: ScansService,
    private readonly files: FilesService,
    private readonly resources: ResourcesService,
    private readonly reclaim: ReclaimService,
    private readonly recordedWork: RecordedWork,
    private readonly installed: InstalledServers,
  ) {}

  /** Says what could not be done; the rest is there. */
  async run(): Promise<readonly string[]> {
    const people = await this.people();
    const scope = scopeFor(people.applicant, 'SYSTEM', 'READ') ?? WHOLE_PROVINCE;
    const { rows: systems } = await this.systems.list(scope, {}, { first: 2, after: null });
    const problems: string[] = [];
    for (const [name, journey] of await this.journeys(
      people,
      systems.map(({ id }) => id),
    ))
      await journey().catch((error: unknown) => problems.push(`${name}: ${String(error)}`));
    return problems;
  }

  private async journeys(people: People, systemIds: readonly string[]) {
    const [systemId = '', other = systemId] = systemIds;
    const { vm, server, cabinet, service } = await this.lines();
    const go = (system: string, purpose: string, lines: readonly LineContent[], way: Way) => () =>
      this.request(people, system, purpose, lines, way).then(() => undefined);
    const journeys: [string, () => Promise<void>][] = [
      ['budgets', () => this.budgets.add(people.finance, systemIds)],
      ['chains', () => this.chains.wantSeals(people)],
      ['delivered', go(systemId, '窗口业务查询节点', [vm('query', 1)], 'GRANTED')],
      [
        'dual-active',
        go(
          systemId,
          '核心业务同城双活，异地数据级灾备',
          [{ ...vm('core', 2), localMode: 'DUAL_ACTIVE', remoteMode: 'DATA' }],
          'SUBMITTED',
        ),
      ],
      ['server', go(other, '数据库专用服务器', [server('db', 1)], 'SENT')],
      // It has come as far as the desk that asks for the sealed form.
      ['to-seal', go(other, '加密机托管机位', [cabinet('hsm', 3)], 'SUBMITTED')],
      ['mixed', go(other, '系统整体迁移上云', [vm('app', 4), server('data', 2), cabinet('hsm', 4)], 'DRAFT')],
      ['sealed', () => this.sealed(people, systemId, [cabinet('gateway', 2)])],
      ['idle', () => this.idle(people)],
      ['recorded', () => this.recorded(people, systemId)],
      ['service', () => this.service(people, systemId, [service('defence', 4)])],
      ['changes', () => this.changes.run(people)],
      ['operations', () => this.operations.run(people)],
      ['installed', () => this.installs(people, systemId)],
      ['space', () => this.space(people, systemId)],
    ];
    return journeys;
  }

  private async request(
    people: People,
    systemId: string,
    purpose: string,
    lines: readonly LineContent[],
    way: Way,
    held?: (id: string) => Promise<void>,
  ): Promise<string> {
    const [[project] = []] = await this.systems.payingProjectsToday([systemId]);
    const { applicant } = people;
    const content = { systemId, projectId: project?.id, purpose, lines };
    const id = await done(this.requests.createDraft(applicant, own(applicant), content, newId()));
    await this.ways.go(people, id, way, held && (() => held(id)));
    return id;
  }

  private async sealed(people: People, systemId: string, lines: readonly LineContent[]): Promise<void> {
    await this.seal(people, await this.request(people, systemId, '前置机托管机位', lines, 'SENT'));
  }

  /** Printed, sealed and sent back: what is "scanned" is what was printed. */
  private async seal({ applicant }: People, id: string): Promise<void> {
    const printed = await this.forms.print(applicant, id);
    const row = await this.requests.inScope(WHOLE_PROVINCE, id);
    if (!printed || !row) throw new Error('its form was not printed');
    const file = await done(this.files.upload({ name: '盖章申请表.pdf', bytes: printed.bytes }, applicant));
    const { contentHash } = await this.contents.of(row);
    const wish = { requestId: id, fileId: file, checkCode: checkCodeOf(contentHash), idempotencyKey: newId() };
    await done(this.scans.upload(applicant, wish));
  }

  /** On a platform that no cluster drives: held and granted like any other, made by the provider's people. */
  private async recorded(people: People, systemId: string): Promise<void> {
    const centerId = await this.recordedWork.open(people.workers.facility);
    const { recorded } = await this.lines();
    const id = await this.request(people, systemId, '专网接口前置节点', [recorded('gateway', 2, centerId)], 'GRANTED');
    const printed = await this.forms.print(people.applicant, id);
    if (!printed) throw new Error('its form was not printed');
    await this.recordedWork.carryOut(id, people.workers, printed.bytes);
    await this.changes.ofRecorded(people, id);
  }

  /** Opened by people, and changed since: its first request says what it is now. */
  private async service(people: People, systemId: string, lines: readonly LineContent[]): Promise<void> {
    const id = await this.request(people, systemId, '门户与业务主机安全防护', lines, 'GRANTED');
    const printed = await this.forms.print(people.applicant, id);
    if (!printed) throw new Error('its form was not printed');
    await this.recordedWork.carryOut(id, people.workers, printed.bytes);
    await this.changes.ofService(people, id, printed.bytes);
  }

  /** A server that its cluster installs: delivered as soon as it runs, without a work order. */
  private async installs(people: People, systemId: string): Promise<void> {
    const { server } = await this.lines();
    const line = { ...server('search', 1), centerId: await this.installed.centerId() };
    await this.request(people, systemId, '全文检索专用服务器', [line], 'GRANTED', () => this.installed.found());
  }

  /** Space that was handed over, and is to become bigger where it is: the change waits at the center. */
  private async space(people: People, systemId: string): Promise<void> {
    const { cabinet } = await this.lines();
    const seal = (id: string) => this.seal(people, id);
    const id = await this.request(people, systemId, '安全设备托管机位', [cabinet('firewall', 4)], 'GRANTED', seal);
    const printed = await this.forms.print(people.applicant, id);
    if (!printed) throw new Error('its form was not printed');
    await this.recordedWork.carryOut(id, people.workers, printed.bytes);
    await this.changes.ofSpace(people, systemId);
  }

  /** A machine of the past that nobody seems to use; where there is no past there is none. */
  private async idle({ applicant, allocator }: People): Promise<void> {
    const filter = { states: ['IN_USE' as const] };
    const { rows } = await this.resources.page(own(applicant), filter, 'NEWEST', { first: 1, after: null });
    const [machine] = rows;
    if (!machine) return;
    await done(
      this.reclaim.open(allocator, WHOLE_PROVINCE, {
        resourceId: machine.id,
        text: '连续 30 天 CPU 平均利用率低于 2%，网络流量接近于零。',
        figures: [
          { label: 'CPU 利用率（30 天平均）', value: '1.2 %' },
          { label: '网络流量（30 天合计）', value: '0.4 GiB' },
        ],
        fileIds: [],
        idempotencyKey: newId(),
      }),
    );
  }

  private async lines() {
    const [{ offers, images }, servers, cabinets, services] = await Promise.all([
      this.catalog.catalog(),
      this.catalog.servers(false),
      this.catalog.cabinets(false),
      this.catalog.services(false),
    ]);
    const offer = offers.find((one) => one.architecture === 'ARM64' && one.vcpu === 2);
    const image = images.find((one) => one.architecture === 'ARM64');
    const { architecture, zone } = RECORDED_POOL;
    const x86 = offers.find((one) => one.architecture === architecture && one.vcpu === 4);
    const x86Image = images.find((one) => one.architecture === architecture);
    // The least of the class that the made-up centers have most of.
    const [server] = servers
      .filter(({ acceleratorCount, cpuMaker }) => cpuMaker === 'KUNPENG' && acceleratorCount === 0)
      .toSorted((a, b) => a.cores - b.cores);
    const cabinet = cabinets.find((one) => one.form === 'UNIT' && one.zone === 'GOVERNMENT_EXTRANET');
    const security = services.find(({ code }) => code === 'host-security');
    if (!offer || !image || !server || !cabinet || !x86 || !x86Image || !security)
      throw new Error('the made-up catalog lacks an offer');
    const disk = { zone: 'GOVERNMENT_EXTRANET', storageTier: 'SSD', diskGib: 100 } as const;
    const line = (kind: LineContent['kind'], name: string, count: number) => ({
      kind,
      name,
      count,
      ...NO_PART,
      ...AS_SYSTEM,
    });
    const single = { localMode: 'SINGLE', remoteMode: 'NONE' } as const;
    return {
      vm: (name: string, count: number): LineContent => ({
        ...line('VM', name, count),
        ...single,
        vm: { offerId: offer.id, imageId: image.id, ...disk },
      }),
      recorded: (name: string, count: number, centerId: string): LineContent => ({
        ...{ ...line('VM', name, count), ...single, centerId },
        vm: { offerId: x86.id, imageId: x86Image.id, ...disk, zone },
      }),
      server: (name: string, count: number): LineContent => ({
        ...line('SERVER', name, count),
        ...single,
        server: { offerId: server.id },
      }),
      service: (name: string, count: number): LineContent => ({
        ...line('SERVICE', name, count),
        service: {
          offerId: security.id,
          answers: [
            { key: 'kind', value: 'host' },
            { key: 'contact', value: '顾文清' },
          ],
        },
      }),
      cabinet: (name: string, heightUnits: number): LineContent => ({
        ...line('CABINET', name, 1),
        ...single,
        cabinet: { offerId: cabinet.id, heightUnits, powerW: heightUnits * 150, weightKg: heightUnits * 12 },
      }),
    };
  }

  private async people(): Promise<People> {
    const person = async (username: string, role: Role): Promise<Viewer> => {
      const user = await this.users.activeByName(username);
      if (!user) throw new Error(`the demonstration has no ${username}`);
      return {
        userId: user.id,
        username,
        name: user.displayName,
        departmentId: user.departmentId,
        departmentTreeIds: user.departmentId === null ? [] : [user.departmentId],
        address: null,
        traceId: newId(),
        sessionId: newId(),
        roles: [role],
        permissions: permissionsOf([role]),
        locale: 'zh',
      };
    };
    return {
      applicant: await person('applicant', 'APPLICANT'),
      head: await person('head', 'DEPARTMENT_HEAD'),
      acceptance: await person('acceptance', 'CENTER_ACCEPTANCE'),
      reviewer: await person('reviewer', 'CENTER_REVIEWER'),
      allocator: await person('allocator', 'CAPACITY_ALLOCATOR'),
      authority: await person('authority', 'CLOUD_AUTHORITY'),
      security: await person('secadmin', 'SECURITY_ADMINISTRATOR'),
      duty: await person('duty', 'DUTY_ENGINEER'),
      finance: await person('finance', 'FINANCE'),
      workers: {
        facility: await person('facility', 'FACILITY_ENGINEER'),
        operator: await person('operator', 'PROVIDER_OPERATOR'),
      },
    };
  }
}
