import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, reaches, scopeFor, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestRow } from '../requests/requests.types.js';
import type { SealedPapers } from '../requests/sealed-papers.types.js';
import type { ScanRow, VersionRow } from './documents.types.js';
import type { PaperContent, SealablePaper } from './domain/paper-content.js';
import { OFD_READER, type OfdReader } from './domain/ports.js';
import { isCheckCode, type PaperStanding, SCANNABLE_STATES, standingOf } from './domain/scan.js';
import { PaperContents } from './paper-contents.service.js';
import { PapersRepository } from './papers.repository.js';
import {
  hasEnded,
  noSheetYet,
  notTheirPaper,
  oldVersion,
  unknown,
  unknownFile,
  wrongCode,
  wrongFile,
} from './scan-refusals.js';

export interface ScanWish {
  readonly requestId: string | undefined;
  readonly paper: SealablePaper;
  readonly fileId: string | undefined;
  /** Read off the paper: which version was sealed. */
  readonly checkCode: string;
  readonly idempotencyKey: string;
}

/** One paper of one request: what was printed and sealed of it. */
export interface Papers {
  readonly now: PaperContent;
  readonly versions: readonly VersionRow[];
  readonly scans: readonly ScanRow[];
  readonly standing: PaperStanding;
}

const OWNER = 'SealedScan';
const PAPER_NAMES: { readonly [P in SealablePaper]: Bilingual } = {
  REQUEST_FORM: say('申请表', 'the form'),
  DELIVERY_SHEET: say('开通确认单', 'the delivery sheet'),
};

/** Sealed papers that were scanned. Whether one counts is never written down: it follows from what the paper says now. */
@Injectable()
export class ScansService implements SealedPapers, OnModuleInit {
  constructor(
    private readonly repository: PapersRepository,
    private readonly contents: PaperContents,
    private readonly requests: RequestsService,
    private readonly files: FilesService,
    private readonly acts: Acts,
    @Inject(OFD_READER) private readonly ofd: OfdReader,
  ) {}

  /** Whoever may see a request may see what was sealed for it. */
  onModuleInit(): void {
    this.files.registerOwner(OWNER, async (viewer, scanId) => {
      const [scan] = await this.repository.scansByIds([scanId]);
      return scan !== undefined && (await this.requests.seenBy(viewer, scan.requestId)) !== null;
    });
  }

  /** Batches for loaders; callers have let the viewer see the requests. */
  readonly papersOf = (requests: readonly RequestRow[]): Promise<Papers[]> =>
    this.papers('REQUEST_FORM', requests) as Promise<Papers[]>;

  /** null = not all of it is delivered yet. */
  readonly sheetPapersOf = (requests: readonly RequestRow[]): Promise<(Papers | null)[]> =>
    this.papers('DELIVERY_SHEET', requests);

  async scan(viewer: Viewer, id: string): Promise<{ scan: ScanRow; now: PaperContent } | null> {
    const [scan] = await this.repository.scansByIds([id]);
    const request = scan ? await this.requests.seenBy(viewer, scan.requestId) : null;
    const [now] = scan && request ? await this.contents.ofAll(scan.version.paper, [request]) : [];
    return scan && now ? { scan, now } : null;
  }

  /** Of each request by the newest content of the paper, which is reckoned only where something was sent. */
  async standingsOf(paper: SealablePaper, requests: readonly RequestRow[]): Promise<PaperStanding[]> {
    const ids = requests.map(({ id }) => id);
    const scans = Map.groupBy(await this.repository.scans(paper, ids), (scan) => scan.requestId);
    const sealed = requests.filter(({ id }) => scans.has(id));
    const contents = sealed.length > 0 ? await this.contents.ofAll(paper, sealed) : [];
    const hashes = new Map(sealed.map(({ id }, at) => [id, contents[at]?.contentHash ?? '']));
    return requests.map(({ id }) =>
      standingOf(
        (scans.get(id) ?? []).map((scan) => scan.version),
        hashes.get(id) ?? '',
      ),
    );
  }

  async missing(request: RequestRow): Promise<Refusal | null> {
    const [papers] = await this.papersOf([request]);
    if (!papers || papers.standing === 'VALID') return null;
    return {
      code: 'SEALED_FORM_MISSING',
      path: [],
      requestId: toNodeId('Request', request.id),
      reason: papers.standing,
      message:
        papers.standing === 'NONE'
          ? say(
              '本环节须有盖章申请表：请在“纸质申请表”中打印、盖章并上传扫描件',
              'This step needs the sealed form: print it under “Paper form”, seal it and upload the scan',
            )
          : say(
              '盖章后申请内容已变更，原扫描件作废：请重新打印、盖章并上传',
              'The request has changed since it was sealed, so the scan is void: print, seal and upload it anew',
            ),
    };
  }

  /**
   * A seal binds the department: its own people send it, no vendor's. The sheet bears the center's seal as well, and whoever
   * sealed last has it in his hands.
   */
  mayUpload(viewer: Viewer, paper: SealablePaper, request: RequestRow): boolean {
    const theirs = reaches(scopeFor(viewer, 'REQUEST', 'WITHDRAW'), request);
    if (paper === 'REQUEST_FORM') return theirs && SCANNABLE_STATES.includes(request.state);
    const center = scopeFor(viewer, 'REQUEST', 'REVIEW');
    return theirs || (center?.kind === 'PROVINCE' && covers(center, request.departmentId));
  }

  /** Refused: UNKNOWN_REFERENCE, NOT_PERMITTED, ILLEGAL_TRANSITION, INVALID_INPUT for a file or code that will not do. */
  async upload(viewer: Viewer, wish: ScanWish): Promise<Result<{ id: string; requestId: string }, readonly Refusal[]>> {
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    const request = scope && wish.requestId ? await this.requests.inScope(scope, wish.requestId) : null;
    if (!request) return refuse([unknown('requestId', '找不到这张申请单', 'There is no such request')]);
    const [[file], [papers]] = await Promise.all([
      wish.fileId ? this.files.uploadsOf(viewer.userId, [wish.fileId]) : [null],
      this.papers(wish.paper, [request]),
    ]);
    const version = papers?.versions.find((one) => isCheckCode(wish.checkCode, one.contentHash));
    return this.acts.perform(
      { name: 'document.uploadScan', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const wrong = this.wrong(viewer, wish.paper, request, file?.mediaType, version, papers ?? null);
        if (wrong || !version || !file) return refuse([wrong ?? wrongCode()]);
        const id = newId(tx.now.getTime());
        await this.repository.insertScan(tx, {
          id,
          requestId: request.id,
          versionId: version.id,
          uploadedAt: tx.now,
          uploadedById: viewer.userId,
          uploadedBy: viewer.name,
        });
        if (!(await this.files.attach(tx, [file.id], OWNER, id, viewer.userId))) return refuse([unknownFile()]);
        tx.changed('request', request.id);
        const { zh, en } = PAPER_NAMES[wish.paper];
        return ok({
          value: { id, requestId: request.id },
          audit: {
            objectType: 'Request',
            objectId: request.id,
            departmentId: request.departmentId,
            summary: say(
              `上传 ${request.code} ${zh}第 ${version.number} 版盖章扫描件`,
              `Uploaded the sealed version ${version.number} of ${en} of ${request.code}`,
            ),
            after: {
              paper: wish.paper,
              number: version.number,
              contentHash: version.contentHash,
              file: file.name,
              sm3: file.sm3,
            },
          },
        });
      },
    );
  }

  private async papers(paper: SealablePaper, requests: readonly RequestRow[]): Promise<(Papers | null)[]> {
    const ids = requests.map((request) => request.id);
    const [contents, versions, scans] = await Promise.all([
      this.contents.ofAll(paper, requests),
      this.repository.versions(paper, ids),
      this.repository.scans(paper, ids),
    ]);
    return requests.map(({ id }, index) => {
      const now = contents[index];
      if (!now) return null;
      const own = scans.filter((scan) => scan.requestId === id);
      const standing = standingOf(
        own.map((scan) => scan.version),
        now.contentHash,
      );
      return { now, versions: versions.filter((one) => one.requestId === id), scans: own, standing };
    });
  }

  private wrong(
    viewer: Viewer,
    paper: SealablePaper,
    request: RequestRow,
    mediaType: string | undefined,
    version: VersionRow | undefined,
    papers: Papers | null,
  ): Refusal | null {
    if (paper === 'REQUEST_FORM' && !SCANNABLE_STATES.includes(request.state)) return hasEnded(request.state);
    if (!this.mayUpload(viewer, paper, request)) return notTheirPaper(paper);
    if (!papers) return noSheetYet();
    const file = wrongFile(mediaType, this.ofd.state);
    if (file) return file;
    if (!version) return wrongCode();
    return version.contentHash === papers.now.contentHash ? null : oldVersion(version, papers.now);
  }
}
