import { Inject, Injectable } from '@nestjs/common';
import type { SealablePaper } from '../documents/domain/paper-content.js';
import { checkCodeOf } from '../documents/domain/scan.js';
import { FormsService } from '../documents/forms.service.js';
import { PaperContents } from '../documents/paper-contents.service.js';
import { ScansService } from '../documents/scans.service.js';
import { SheetsService } from '../documents/sheets.service.js';
import { FilesService } from '../files/files.service.js';
import { permissionsOf } from '../identity/domain/permissions.js';
import { UserNames } from '../identity/user-names.service.js';
import { addDays, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Role, scopeFor, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { ReclaimService } from '../reclaim/reclaim.service.js';
import type { LineContent } from '../requests/domain/content.js';
import { RequestAttachments } from '../requests/request-attachments.service.js';
import { RequestsService } from '../requests/requests.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { DemonstrationBudgets } from './demonstration-budgets.js';
import { DemonstrationChains } from './demonstration-chains.js';
import { DemonstrationChanges } from './demonstration-changes.js';
import { DemonstrationDrift } from './demonstration-drift.js';
import { DemonstrationDrills } from './demonstration-drills.js';
import { DemonstrationDuty } from './demonstration-duty.js';
import { DemonstrationExecutions } from './demonstration-executions.js';
import { DemonstrationHosts } from './demonstration-hosts.js';
import { DemonstrationOperations } from './demonstration-operations.js';
import { DemonstrationPerformance } from './demonstration-performance.js';
import { DemonstrationReplaced } from './demonstration-replaced.js';
import { DemonstrationResilience } from './demonstration-resilience.js';
import { DemonstrationSelfBuild } from './demonstration-self-build.js';
import { DemonstrationSpend } from './demonstration-spend.js';
import { DemonstrationTickets } from './demonstration-tickets.js';
import { DemonstrationUnrecorded } from './demonstration-unrecorded.js';
import { DemonstrationUnused } from './demonstration-unused.js';
import { InstalledServers } from './installed-servers.js';
import { JourneyLines } from './journey-lines.js';
import { done, own, type People, type Way } from './journey-people.js';
import { madeUpLetter } from './made-up-letter.js';
import { RecordedWork } from './recorded-work.js';
import { RequestWays } from './request-ways.js';
import type { Strangers } from './strangers.js';

/** Longer than a month: nobody is reminded of it yet. */
const TRIED_FOR_DAYS = 45;

/** There hosts wait in line. */
const CROWDED_CENTER = 'center-b';

/** What lies open to be looked at comes with its letter. */
const LETTERED: ReadonlySet<Way> = new Set(['DRAFT', 'SUBMITTED']);

const SCANS: { readonly [P in SealablePaper]: string } = {
  REQUEST_FORM: '盖章申请表.pdf',
  DELIVERY_SHEET: '盖章开通确认单.pdf',
};

/**
 * What people of the tour's department did this morning: requests of every kind, each as far along as it goes, made by the
 * same acts as theirs. After the console has opened, so that nobody waits for it.
 */
@Injectable()
export class DemonstrationJourneys {
  constructor(
    private readonly users: UserNames,
    private readonly systems: SystemsService,
    private readonly lines: JourneyLines,
    private readonly requests: RequestsService,
    private readonly ways: RequestWays,
    private readonly changes: DemonstrationChanges,
    private readonly chains: DemonstrationChains,
    private readonly budgets: DemonstrationBudgets,
    private readonly operations: DemonstrationOperations,
    private readonly drift: DemonstrationDrift,
    private readonly hosts: DemonstrationHosts,
    private readonly unused: DemonstrationUnused,
    private readonly resilience: DemonstrationResilience,
    private readonly onDuty: DemonstrationDuty,
    private readonly dutyTickets: DemonstrationTickets,
    private readonly drills: DemonstrationDrills,
    private readonly executions: DemonstrationExecutions,
    private readonly unrecorded: DemonstrationUnrecorded,
    private readonly spend: DemonstrationSpend,
    private readonly selfBuild: DemonstrationSelfBuild,
    private readonly performance: DemonstrationPerformance,
    private readonly forms: FormsService,
    private readonly sheets: SheetsService,
    private readonly contents: PaperContents,
    private readonly scans: ScansService,
    private readonly files: FilesService,
    private readonly attachments: RequestAttachments,
    private readonly replaced: DemonstrationReplaced,
    private readonly resources: ResourcesService,
    private readonly reclaim: ReclaimService,
    private readonly recordedWork: RecordedWork,
    private readonly installed: InstalledServers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Says what could not be done; the rest is there.
   *
   * @param strangers who writes into the clusters beside the console; null = nobody has a way in.
   */
  async run(strangers: Strangers | null = null): Promise<readonly string[]> {
    const people = await this.people();
    const scope = scopeFor(people.applicant, 'SYSTEM', 'READ') ?? WHOLE_PROVINCE;
    const { rows: systems } = await this.systems.list(scope, {}, { first: 2, after: null });
    const problems: string[] = [];
    const systemIds = systems.map(({ id }) => id);
    const beside = strangers === null ? [] : this.beside(people, strangers, systemIds[0] ?? '');
    // After all that is asked for: what is graded poor asks for nothing more.
    const last: [string, () => Promise<void>] = [
      'performance',
      () => this.performance.run(people.reviewer, people.authority, people.head, people.leader),
    ];
    const make = ([name, journey]: (typeof beside)[number]) =>
      journey().catch((error: unknown) => problems.push(`${name}: ${String(error)}`));
    // Beside all else: until its data are carried every group of the province breaks its promise.
    const carried = strangers && make(['resilience', () => this.resilience.run(people.workers.recovery, strangers)]);
    for (const journey of await this.journeys(people, systemIds)) await make(journey);
    await carried;
    for (const journey of [...beside, last]) await make(journey);
    return problems;
  }

  private async journeys(people: People, systemIds: readonly string[]) {
    const [systemId = '', other = systemId] = systemIds;
    const { vm, server, cabinet, service } = await this.lines.ofCatalog();
    const go = (system: string, purpose: string, lines: readonly LineContent[], way: Way) => () =>
      this.request(people, system, purpose, lines, way).then(() => undefined);
    const journeys: [string, () => Promise<void>][] = [
      ['budgets', () => this.budgets.add(people.finance, systemIds)],
      ['self-build', () => this.selfBuild.run(people.finance, people.payments)],
      ['next-budgets', () => this.budgets.prepare(people.finance, systemIds)],
      ['chains', () => this.chains.wantSeals(people)],
      // What is kept in the recovery center costs something from its first day on.
      ['recovery', go(systemId, '缴费台账库异地数据级灾备', [{ ...vm('ledger', 1), remoteMode: 'DATA' }], 'GRANTED')],
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
      ['replaced', () => this.replaced.run(people)],
      ['recorded', () => this.recorded(people, systemId)],
      ['service', () => this.service(people, systemId, [service('defence', 4)])],
      ['changes', () => this.changes.run(people)],
      ['operations', () => this.operations.run(people)],
      ['installed', () => this.installs(people, systemId)],
      ['space', () => this.space(people, systemId)],
      ['unused', () => this.unusedServices(people, other)],
      // After the server and the space that the system has: its lines stand near them.
      ['related', () => this.related(people, systemId)],
      ['spend', () => this.spend.run(people.finance, people.payments, people.duty)],
    ];
    return journeys;
  }

  /** After all else: machines must have come to rest before anybody changes one. */
  private beside(people: People, strangers: Strangers, systemId: string): [string, () => Promise<void>][] {
    return [
      ['queued', () => this.queued(people, strangers, systemId)],
      ['duty', () => this.onDuty.run(people.workers.recovery)],
      ['duty-tickets', () => this.dutyTickets.run(people, systemId)],
      ['drills', () => this.drills.run(people)],
      ['hosts', () => this.hosts.run(people, strangers)],
      ['drift', () => this.drift.run(people, strangers)],
      ['observed', () => this.unrecorded.observed(people, strangers, systemId)],
      ['without-record', () => this.unrecorded.without(people, strangers)],
      ['executions', () => this.executions.run({ ...people, operator: people.workers.recovery })],
    ];
  }

  private async request(
    people: People,
    systemId: string,
    purpose: string,
    lines: readonly LineContent[],
    way: Way,
    held?: (id: string) => Promise<void>,
    temporaryUntil: string | null = null,
  ): Promise<string> {
    const [[project] = []] = await this.systems.payingProjectsToday([systemId]);
    const { applicant } = people;
    const content = { systemId, projectId: project?.id, purpose, lines, temporaryUntil };
    const id = await done(this.requests.createDraft(applicant, own(applicant), content, newId()));
    const version = LETTERED.has(way) ? await this.letter(people, id, purpose) : 1;
    await this.ways.go(people, id, way, held && (() => held(id)), version);
    return id;
  }

  /** @returns the version that the draft has with it. */
  private async letter({ applicant }: People, id: string, purpose: string): Promise<number> {
    const bytes = await madeUpLetter(applicant.name, purpose, this.clock.now());
    const fileId = await done(this.files.upload({ name: `关于${purpose}的函.pdf`, bytes }, applicant));
    const wish = { requestId: id, expectedVersion: 1, idempotencyKey: newId() };
    await done(this.attachments.attach(applicant, own(applicant), { ...wish, kind: 'LETTER', fileIds: [fileId] }));
    return wish.expectedVersion + 1;
  }

  private async sealed(people: People, systemId: string, lines: readonly LineContent[]): Promise<void> {
    await this.seal(people, await this.request(people, systemId, '前置机托管机位', lines, 'SENT'));
  }

  /** Printed, sealed and sent back: what is "scanned" is what was printed. */
  private async seal({ applicant }: People, id: string, paper: SealablePaper = 'REQUEST_FORM'): Promise<void> {
    const printed = await (paper === 'REQUEST_FORM' ? this.forms : this.sheets).print(applicant, id);
    const row = await this.requests.inScope(WHOLE_PROVINCE, id);
    const [now] = row ? await this.contents.ofAll(paper, [row]) : [];
    if (!printed || !now) throw new Error(`its ${paper} was not printed`);
    const fileId = await done(this.files.upload({ name: SCANS[paper], bytes: printed.bytes }, applicant));
    const wish = { requestId: id, paper, fileId, checkCode: checkCodeOf(now.contentHash), idempotencyKey: newId() };
    await done(this.scans.upload(applicant, wish));
  }

  /** On a platform that no cluster drives: held and granted like any other, made by the provider's people. */
  private async recorded(people: People, systemId: string): Promise<void> {
    const centerId = await this.recordedWork.open(people.workers.facility);
    const { recorded } = await this.lines.ofCatalog();
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
    await this.seal(people, id, 'DELIVERY_SHEET');
    await this.changes.ofService(people, id, printed.bytes);
  }

  /** A server that its cluster installs: delivered as soon as it runs, without a work order. */
  private async installs(people: People, systemId: string): Promise<void> {
    const { server } = await this.lines.ofCatalog();
    const line = { ...server('search', 1), centerId: await this.installed.centerId() };
    await this.request(people, systemId, '全文检索专用服务器', [line], 'GRANTED', () => this.installed.found());
  }

  /** A second one, while its cluster installs as many as it may: it waits in line for half an hour. */
  private async queued(people: People, strangers: Strangers, systemId: string): Promise<void> {
    await this.hosts.crowd(strangers);
    const { server } = await this.lines.ofCatalog();
    const centerId = await this.installed.centerId(CROWDED_CENTER);
    const line = { ...server('compare', 1), centerId };
    await this.request(people, systemId, '数据比对专用服务器', [line], 'GRANTED', () => this.installed.found(centerId));
  }

  /** Lines that say how they stand to each other: a pair that no one cabinet takes down, its storage in the same room. */
  private async related(people: People, systemId: string): Promise<void> {
    const { server, cabinet, vm } = await this.lines.ofCatalog();
    const centerId = await this.installed.centerId();
    const lines: LineContent[] = [
      { ...server('db-first', 1), centerId },
      { ...server('db-second', 1), centerId, relations: [{ kind: 'APART', line: 'db-first', scope: 'CABINET' }] },
      { ...cabinet('storage', 2), centerId, relations: [{ kind: 'TOGETHER', line: 'db-first', scope: 'ROOM' }] },
      vm('app', 2),
      { ...vm('cache', 1), relations: [{ kind: 'TOGETHER', line: 'app', scope: 'CENTER' }] },
    ];
    await this.request(people, systemId, '核心数据库双机部署，存储就近托管', lines, 'SUBMITTED');
  }

  /** Set up by people, and more than is needed: one is given back, about the other a case is open. */
  private async unusedServices(people: People, systemId: string): Promise<void> {
    const { service, domain } = await this.lines.ofCatalog();
    const lines = [service('protection', 20), domain('campaign', 1)];
    const id = await this.request(people, systemId, '专题活动网站防护与域名', lines, 'GRANTED');
    const printed = await this.forms.print(people.applicant, id);
    if (!printed) throw new Error('its form was not printed');
    await this.recordedWork.carryOut(id, people.workers, printed.bytes);
    await this.unused.run(people, id);
  }

  /** Space that was handed over, and is to become bigger where it is: the change waits at the center. */
  private async space(people: People, systemId: string): Promise<void> {
    const { cabinet } = await this.lines.ofCatalog();
    const seal = (id: string) => this.seal(people, id);
    // For a while, so that terms of what people handed over have something to say.
    const until = addDays(calendarDate(this.clock.now()), TRIED_FOR_DAYS);
    const id = await this.request(
      people,
      systemId,
      '安全设备托管机位',
      [cabinet('firewall', 4)],
      'GRANTED',
      seal,
      until,
    );
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
      leader: await person('leader', 'LEADER'),
      security: await person('secadmin', 'SECURITY_ADMINISTRATOR'),
      duty: await person('duty', 'DUTY_ENGINEER'),
      finance: await person('finance', 'FINANCE'),
      payments: await person('finance.czt', 'FINANCE'),
      workers: {
        facility: await person('facility', 'FACILITY_ENGINEER'),
        recovery: await person('recovery', 'DR_OPERATOR'),
        operator: await person('operator', 'PROVIDER_OPERATOR'),
      },
    };
  }
}
