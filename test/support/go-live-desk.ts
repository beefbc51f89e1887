import type { DocumentKind, Party } from '../../server/src/golive/domain/go-live-policy.js';
import type { Decision } from '../../server/src/golive/domain/signing.js';
import type { CaseRow, EntryKind } from '../../server/src/golive/go-live.types.js';
import { GoLiveAcceptance } from '../../server/src/golive/go-live-acceptance.service.js';
import { GoLiveBegin } from '../../server/src/golive/go-live-begin.service.js';
import { GoLiveCases } from '../../server/src/golive/go-live-cases.service.js';
import { GoLiveSigning } from '../../server/src/golive/go-live-signing.service.js';
import { GoLiveSweep } from '../../server/src/golive/go-live-sweep.service.js';
import { GoLiveTrial } from '../../server/src/golive/go-live-trial.service.js';
import { calendarDate } from '../../server/src/kernel/calendar.js';
import type { Clock } from '../../server/src/kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { GovernmentSystem } from '../../server/src/systems/domain/system.js';
import { SystemsService } from '../../server/src/systems/systems.service.js';
import { type TestApplication, viewerWith } from './application.ts';
import { system } from './builders/system.ts';
import { LifeDesk, SYSTEM } from './life-desk.ts';
import { PaperDesk } from './paper-desk.ts';
import { idOf, type RequestJourney } from './request-journey.ts';

/** What people do about a system on its way into service. */
export class GoLiveDesk {
  readonly cases = this.get(GoLiveCases);
  readonly signing = this.get(GoLiveSigning);
  readonly papers = new PaperDesk(this.app.context);
  readonly life = new LifeDesk(this.app, this.journey);
  readonly second: Viewer = viewerWith(['CENTER_ACCEPTANCE'], null, { name: '赵受理' });

  constructor(
    private readonly app: TestApplication,
    private readonly journey: RequestJourney,
    private readonly clock: Clock,
  ) {}

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.context.get(type, { strict: false });
  }

  /** Another system of the department, which has that machine from now on. */
  async systemWith(machineId: string, more: Partial<GovernmentSystem> = {}): Promise<GovernmentSystem> {
    const made = system(this.journey.department.id, more);
    await this.get(UnitOfWork).run((tx) =>
      this.get(SystemsService).add(tx, { systems: [made], projects: [], links: [] }),
    );
    await this.app.test.db.query('update resource set system_id = ? where id = ?', [made.id, machineId]);
    return made;
  }

  /** Somebody of a company, bound to this system alone. */
  builder(systemId: string): Viewer {
    const departmentId = this.journey.department.id;
    return viewerWith(['VENDOR_STAFF'], departmentId, {
      name: '陆工',
      boundSystems: [{ systemId, departmentId }],
    });
  }

  begin(systemId: string, begunOn = calendarDate(this.clock.now()), viewer = this.journey.applicant) {
    const wish = { systemId, begunOn, idempotencyKey: newId() };
    return this.get(GoLiveBegin).begin(viewer, this.journey.scope, wish);
  }

  async row(caseId: string): Promise<CaseRow> {
    const row = await this.cases.inScope(WHOLE_PROVINCE, caseId);
    if (!row) throw new Error(`no case ${caseId}`);
    return row;
  }

  async on(caseId: string) {
    const { version } = await this.row(caseId);
    return { caseId, expectedVersion: version, idempotencyKey: newId() };
  }

  async record(caseId: string, kind: EntryKind = 'RECORD', day = calendarDate(this.clock.now()), text = '运行平稳') {
    const wish = { ...(await this.on(caseId)), kind, day, text, fileIds: [] };
    return this.get(GoLiveTrial).record(this.journey.applicant, this.journey.scope, wish);
  }

  async resolve(caseId: string) {
    const [entries = []] = await this.cases.entriesOf([caseId]);
    const open = entries.find((entry) => entry.kind === 'INCIDENT' && entry.resolvedAt === null);
    const wish = { ...(await this.on(caseId)), entryId: open?.id, resolution: '已修复' };
    return this.get(GoLiveTrial).resolve(this.journey.applicant, this.journey.scope, wish);
  }

  async addDocument(caseId: string, kind: DocumentKind, reference: string | null = null) {
    const { applicant, scope } = this.journey;
    const fileId = reference === null ? await this.papers.file(applicant, `${kind}.pdf`) : null;
    const wish = { ...(await this.on(caseId)), kind, fileId, reference };
    return this.get(GoLiveTrial).addDocument(applicant, scope, wish);
  }

  async present(caseId: string, viewer = this.journey.applicant, idempotencyKey = newId()) {
    const wish = { ...(await this.on(caseId)), idempotencyKey };
    return this.get(GoLiveAcceptance).present(viewer, this.journey.scope, wish);
  }

  async stop(caseId: string, reason = '项目调整') {
    const wish = { ...(await this.on(caseId)), reason };
    return this.get(GoLiveAcceptance).stop(this.journey.applicant, this.journey.scope, wish);
  }

  open(caseId: string, viewer: Viewer) {
    return this.get(GoLiveAcceptance).open(viewer, WHOLE_PROVINCE, { caseId, idempotencyKey: newId() });
  }

  async sign(
    caseId: string,
    party: Party,
    viewer: Viewer,
    more: { decision?: Decision; opinion?: string; paper?: string; round?: number; idempotencyKey?: string } = {},
  ) {
    const { round } = await this.row(caseId);
    const onPaper = more.paper === undefined ? null : { name: more.paper, organisation: `${more.paper}的单位` };
    return this.signing.sign(viewer, WHOLE_PROVINCE, {
      caseId,
      round: more.round ?? round,
      party,
      decision: more.decision ?? 'ACCEPT',
      opinion: more.opinion ?? '同意',
      onPaper,
      fileId: onPaper ? await this.papers.file(viewer, 'signed.pdf') : null,
      idempotencyKey: more.idempotencyKey ?? newId(),
    });
  }

  /** A case that all of its parties may sign now; its clock must be movable by who asks. */
  async presented(systemId: string, pass: (days: number) => void): Promise<string> {
    const caseId = idOf(await this.begin(systemId));
    idOf(await this.record(caseId));
    for (const kind of ['TRIAL_REPORT', 'ACCEPTANCE_REPORT', 'PROTECTION_REPORT'] as const)
      idOf(await this.addDocument(caseId, kind));
    pass(30);
    idOf(await this.present(caseId));
    return caseId;
  }

  async liveSince(systemId: string): Promise<string | null> {
    return (await this.get(SystemsService).system(WHOLE_PROVINCE, systemId))?.liveSince ?? null;
  }

  round(): Promise<number> {
    return this.get(GoLiveSweep).run(SYSTEM);
  }
}
