import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { addWorkingDays } from '../calendars/domain/working-days.js';
import { FilesService } from '../files/files.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, reaches, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { lineNamed } from '../requests/domain/named-line.js';
import type { NamedLineTerm } from '../requests/line-terms.types.js';
import { illegal } from '../resources/domain/release.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { unknownResource } from '../resources/resource-life.service.js';
import { type LockedResource, ResourceMoves } from '../resources/resource-moves.service.js';
import { caseOpened } from './domain/case-notices.js';
import type { CaseCause } from './domain/case-state.js';
import { checkEvidence, type Evidence } from './domain/evidence.js';
import { type CaseFilter, ReclaimRepository } from './reclaim.repository.js';
import type { CaseEventRow, CaseRow } from './reclaim.types.js';

export const CASE_OWNER = 'ReclaimCase';
/** Files of one step; each may be 20 MiB and more belongs into an archive. */
export const FILES_MAX = 5;

export interface CaseWishes extends Evidence {
  /** undefined = an id that is none. */
  readonly fileIds: readonly (string | undefined)[];
  readonly idempotencyKey: string;
}

export interface OpenWish extends CaseWishes {
  readonly resourceId: string | undefined;
}

export interface CaseGround {
  readonly code: string;
  readonly dueAt: Date;
}

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** Opens reclaim cases and reads them. Steps of a case: reclaim-acts.service.ts. */
@Injectable()
export class ReclaimService {
  constructor(
    private readonly repository: ReclaimRepository,
    private readonly moves: ResourceMoves,
    private readonly policies: LifePolicies,
    private readonly calendars: CalendarsService,
    private readonly files: FilesService,
    private readonly notices: Notices,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async open(viewer: Viewer, scope: TenantScope, wish: OpenWish): Answer {
    const wrong = [...checkEvidence(wish), ...checkFiles(wish.fileIds)];
    const ground = await this.ground();
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'reclaim.open', actor: viewer, idempotencyKey, input }, async (tx) => {
      if (wrong.length > 0) return refuse(wrong);
      const resource = await this.moves.locked(tx, scope, wish.resourceId);
      if (!resource) return refuse([unknownResource()]);
      const stopped = await this.mayOpen(tx, resource);
      if (stopped) return refuse([stopped]);
      const row = await this.begin(tx, resource, 'IDLE', wish, viewer, ground);
      const fileIds = wish.fileIds as string[];
      if (!(await this.files.attach(tx, fileIds, CASE_OWNER, row.id, viewer.userId))) return refuse([unknownFile()]);
      await this.appendOpening(tx, row, fileIds);
      return ok({ value: { id: row.id }, audit: openingAudit(row, resource) });
    });
  }

  /** What a case needs before its act begins: a code and the day until which the department may answer. */
  async ground(): Promise<CaseGround> {
    const [policy, calendar] = await Promise.all([this.policies.policy(), this.calendars.calendar()]);
    const now = this.clock.now();
    return {
      code: await this.codes.next('HS', accountingYear(now)),
      dueAt: addWorkingDays(calendar, now, policy.RECLAIM_NOTICE_WORKING_DAYS),
    };
  }

  /** Inside an act: why no case can be opened about it; undefined = it can. */
  async mayOpen(tx: Tx, resource: LockedResource): Promise<Refusal | undefined> {
    if (resource.state !== 'IN_USE')
      return illegal(
        resource.state,
        'RECLAIM',
        say('只有使用中的资源可以发起闲置回收', 'Only what is in use can be reclaimed'),
      );
    if (!(await this.repository.hasOpen(tx, resource.id))) return undefined;
    return caseOpen(say('这台资源已有一个在办的回收案件', 'A case about this resource is already open'));
  }

  /** Inside an act: the case, its notice to the department, its line in the resource's record. */
  async begin(
    tx: Tx,
    resource: LockedResource,
    cause: CaseCause,
    evidence: Evidence,
    by: Actor,
    ground: CaseGround,
  ): Promise<CaseRow> {
    const { id: resourceId, departmentId, systemId, code, name } = resource;
    const of = { resourceId, lineId: null, departmentId, systemId };
    const row = await this.write(tx, of, cause, evidence, by, ground, `${code} ${name}`);
    const said = say(`发起闲置回收 ${row.code}`, `Reclaim case ${row.code} opened`);
    await this.moves.note(tx, resource, 'RECLAIM_NOTICED', { text: said, by: by.name });
    return row;
  }

  /** The same of a line of servers, places or services; what it is keeps no record of its own. */
  beginOfLine(
    tx: Tx,
    term: NamedLineTerm,
    cause: CaseCause,
    evidence: Evidence,
    by: Actor,
    ground: CaseGround,
  ): Promise<CaseRow> {
    const { lineId, departmentId, systemId } = term;
    const of = { resourceId: null, lineId, departmentId, systemId };
    return this.write(tx, of, cause, evidence, by, ground, lineNamed(term));
  }

  /** Inside an act: the case and its notice, whatever it is about. */
  private async write(
    tx: Tx,
    of: Pick<CaseRow, 'resourceId' | 'lineId' | 'departmentId' | 'systemId'>,
    cause: CaseCause,
    { text, figures }: Evidence,
    by: Actor,
    { code, dueAt }: CaseGround,
    name: string,
  ): Promise<CaseRow> {
    const row: CaseRow = {
      id: newId(tx.now.getTime()),
      code,
      ...of,
      state: 'NOTICED',
      cause,
      evidence: text.trim(),
      figures: figures.map(({ label, value }) => ({ label: label.trim(), value: value.trim() })),
      openedById: by.userId,
      openedByName: by.name,
      openedAt: tx.now,
      dueAt,
      closedAt: null,
      version: 1,
    };
    await this.repository.insert(tx, row);
    await this.notices.tell(tx, caseOpened(row, name));
    return row;
  }

  async appendOpening(tx: Tx, row: CaseRow, fileIds: readonly string[]): Promise<void> {
    await this.repository.append(tx, {
      caseId: row.id,
      actorId: row.openedById,
      actorName: row.openedByName,
      action: 'OPEN',
      toState: row.state,
      reason: null,
      fileIds,
    });
  }

  inScope(scope: TenantScope, id: string): Promise<CaseRow | null> {
    return this.repository.inScope(scope, id);
  }

  page(scope: TenantScope, filter: CaseFilter, page: PageRequest): Promise<Page<CaseRow>> {
    return this.repository.page(scope, filter, page);
  }

  /** Callers have already been let see the cases. */
  readonly eventsOf = async (caseIds: readonly string[]): Promise<CaseEventRow[][]> => {
    const events = Map.groupBy(await this.repository.eventsOf(caseIds), (event) => event.caseId);
    return caseIds.map((id) => events.get(id) ?? []);
  };

  readonly openOf = async (resourceIds: readonly string[]): Promise<(CaseRow | null)[]> => {
    const rows = new Map((await this.repository.openOf(resourceIds)).map((row) => [row.resourceId ?? '', row]));
    return resourceIds.map((id) => rows.get(id) ?? null);
  };

  /** The same of lines that still run, also of what was decided and is not carried out yet. */
  readonly runningOfLines = async (lineIds: readonly string[]): Promise<(CaseRow | null)[]> => {
    const rows = new Map((await this.repository.runningOfLines(lineIds)).map((row) => [row.lineId ?? '', row]));
    return lineIds.map((id) => rows.get(id) ?? null);
  };

  mayRead(scope: TenantScope | undefined, id: string): Promise<boolean> {
    return scope ? this.inScope(scope, id).then((row) => row !== null && reaches(scope, row)) : Promise.resolve(false);
  }
}

export function openingAudit(row: CaseRow, resource: { readonly code: string; readonly name: string }) {
  return {
    objectType: CASE_OWNER,
    objectId: row.id,
    departmentId: row.departmentId,
    summary: say(
      `对 ${resource.code} ${resource.name} 发起闲置回收 ${row.code}`,
      `Open ${row.code} to reclaim ${resource.code} ${resource.name}`,
    ) satisfies Bilingual,
    after: { cause: row.cause, evidence: row.evidence, figures: row.figures, dueAt: row.dueAt.toISOString() },
  };
}

export function checkFiles(fileIds: readonly (string | undefined)[]): Refusal[] {
  if (fileIds.includes(undefined)) return [unknownFile()];
  if (fileIds.length <= FILES_MAX) return [];
  const message = say(`附件最多 ${FILES_MAX} 个`, `At most ${FILES_MAX} files`);
  return [{ code: 'INVALID_INPUT', path: ['fileIds'], rule: 'range', message }];
}

export function caseOpen(message: Bilingual): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason: 'CASE_OPEN', message };
}

export function unknownFile(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['fileIds'],
    message: say('附件不存在或已被使用，请重新上传', 'A file is not there or was used already; send it again'),
  };
}
