import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { reaches, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { DocumentKind } from './domain/go-live-policy.js';
import { checkDocument, checkEntry, checkText } from './domain/trial-entries.js';
import { GoLiveRepository } from './go-live.repository.js';
import type { CaseRow, EntryKind } from './go-live.types.js';
import { CASE_OWNER } from './go-live-facts.service.js';
import { changedMeanwhile, notInTrial, unknownCase, unknownFile } from './go-live-refusals.js';

export interface ActOnCase {
  readonly caseId: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** undefined = an id that is none. */
export type FileIds = readonly (string | undefined)[];
export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** The book of a trial: records, incidents and their end, papers. */
@Injectable()
export class GoLiveTrial {
  constructor(
    private readonly repository: GoLiveRepository,
    private readonly files: FilesService,
    private readonly acts: Acts,
  ) {}

  record(
    viewer: Viewer,
    scope: TenantScope,
    wish: ActOnCase & {
      readonly kind: EntryKind;
      readonly day: string;
      readonly text: string;
      readonly fileIds: FileIds;
    },
  ): Answer {
    return this.inTrial(viewer, scope, 'RECORD', wish, async (tx, row) => {
      const entry = { day: wish.day, text: wish.text, files: wish.fileIds.length };
      const wrong = checkEntry(entry, row.begunOn, calendarDate(tx.now));
      if (wrong.length > 0) return refuse(wrong);
      const fileIds = await this.attached(tx, row, viewer, wish.fileIds);
      if (!fileIds) return refuse([unknownFile(['fileIds'])]);
      const text = wish.text.trim();
      await this.repository.addEntry(tx, {
        id: newId(tx.now.getTime()),
        caseId: row.id,
        kind: wish.kind,
        day: wish.day,
        text,
        fileIds,
        enteredAt: tx.now,
        enteredBy: viewer.name,
        resolvedAt: null,
        resolvedBy: null,
        resolution: null,
      });
      const what =
        wish.kind === 'INCIDENT'
          ? say(`${row.code} 登记故障`, `An incident in ${row.code}`)
          : say(`${row.code} 登记试运行记录`, `A record in ${row.code}`);
      return ok({ what, after: { kind: wish.kind, day: wish.day, text } });
    });
  }

  resolve(
    viewer: Viewer,
    scope: TenantScope,
    wish: ActOnCase & { readonly entryId: string | undefined; readonly resolution: string },
  ): Answer {
    return this.inTrial(viewer, scope, 'RESOLVE', wish, async (tx, row) => {
      const incident = wish.entryId === undefined ? null : await this.repository.openIncident(tx, wish.entryId);
      if (incident?.caseId !== row.id) return refuse([unknownPart(say('故障', 'incident'))]);
      const wrong = checkText('resolution', wish.resolution);
      if (wrong.length > 0) return refuse(wrong);
      await this.repository.resolve(tx, incident.id, viewer.name, wish.resolution.trim());
      const what = say(`${row.code} 故障已解决`, `An incident of ${row.code} is resolved`);
      return ok({ what, after: { entryId: incident.id, resolution: wish.resolution.trim() } });
    });
  }

  addDocument(
    viewer: Viewer,
    scope: TenantScope,
    wish: ActOnCase & {
      readonly kind: DocumentKind;
      /** null = it is named by its number; undefined = an id that is none. */
      readonly fileId: string | null | undefined;
      readonly reference: string | null;
    },
  ): Answer {
    return this.inTrial(viewer, scope, 'ADD_DOCUMENT', wish, async (tx, row) => {
      const { kind, fileId } = wish;
      const reference = wish.reference?.trim() || null;
      const wrong = checkDocument({ kind, hasFile: fileId !== null, reference });
      if (wrong.length > 0) return refuse(wrong);
      if (fileId !== null && !(await this.attached(tx, row, viewer, [fileId])))
        return refuse([unknownFile(['fileId'])]);
      await this.repository.addDocument(tx, {
        id: newId(tx.now.getTime()),
        caseId: row.id,
        kind,
        fileId: fileId ?? null,
        reference,
        addedAt: tx.now,
        addedBy: viewer.name,
      });
      return ok({ what: say(`${row.code} 添加材料`, `A paper for ${row.code}`), after: { kind, fileId, reference } });
    });
  }

  /** It is out of the case; the file stays with it, as what once was there. */
  removeDocument(
    viewer: Viewer,
    scope: TenantScope,
    wish: ActOnCase & { readonly documentId: string | undefined },
  ): Answer {
    return this.inTrial(viewer, scope, 'REMOVE_DOCUMENT', wish, async (tx, row) => {
      const document = wish.documentId === undefined ? null : await this.repository.document(tx, wish.documentId);
      if (document?.caseId !== row.id) return refuse([unknownPart(say('材料', 'paper'))]);
      await this.repository.removeDocument(tx, document.id);
      return ok({
        what: say(`${row.code} 移除材料`, `A paper out of ${row.code}`),
        after: { documentId: document.id },
      });
    });
  }

  /** What changes the book of a trial: only while it runs, and on the version that was seen. */
  private async inTrial(
    viewer: Viewer,
    scope: TenantScope,
    action: string,
    wish: ActOnCase,
    work: (tx: Tx, row: CaseRow) => Promise<Result<{ what: Bilingual; after: unknown }, readonly Refusal[]>>,
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    const name = `goLive.${action.toLowerCase()}`;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = wish.caseId === undefined ? null : await this.repository.locked(tx, wish.caseId);
      if (!row || !reaches(scope, row)) return refuse([unknownCase()]);
      if (row.state !== 'TRIAL') return refuse([notInTrial(row.state, action)]);
      if (row.version !== wish.expectedVersion) return refuse([changedMeanwhile(wish.expectedVersion, row.version)]);
      const worked = await work(tx, row);
      if (!worked.ok) return worked;
      await this.repository.update(tx, row, {});
      return ok(done(row, worked.value.what, worked.value.after));
    });
  }

  private async attached(tx: Tx, row: CaseRow, viewer: Viewer, fileIds: FileIds): Promise<string[] | null> {
    const known = fileIds.filter((id) => id !== undefined);
    if (known.length < fileIds.length) return null;
    return (await this.files.attach(tx, known, CASE_OWNER, row.id, viewer.userId)) ? known : null;
  }
}

export function done(row: Pick<CaseRow, 'id' | 'departmentId'>, summary: Bilingual, after: unknown, before?: unknown) {
  const audit = { objectType: CASE_OWNER, objectId: row.id, departmentId: row.departmentId, summary, before, after };
  return { value: { id: row.id }, audit };
}

function unknownPart(what: Bilingual): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['partId'],
    message: say(`找不到这项${what.zh}，或已处理`, `There is no such ${what.en}, or it was dealt with`),
  };
}
