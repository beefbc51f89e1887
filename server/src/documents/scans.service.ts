import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { MEDIA_TYPES } from '../files/domain/stored-file.js';
import { FilesService } from '../files/files.service.js';
import { say } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { reaches, scopeFor, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestRow } from '../requests/requests.types.js';
import type { SealedPapers } from '../requests/sealed-papers.types.js';
import type { FormRow, ScanRow } from './documents.types.js';
import { OFD_READER, type OfdReader } from './domain/ports.js';
import {
  checkCodeOf,
  isCheckCode,
  type PaperStanding,
  SCAN_TYPES,
  SCANNABLE_STATES,
  standingOf,
} from './domain/scan.js';
import { FormContents, type HashedContent } from './form-contents.service.js';
import { PapersRepository } from './papers.repository.js';

export interface ScanWish {
  readonly requestId: string | undefined;
  readonly fileId: string | undefined;
  /** Read off the paper: which version was sealed. */
  readonly checkCode: string;
  readonly idempotencyKey: string;
}

/** Everything on paper of one request. */
export interface Papers {
  readonly now: HashedContent;
  readonly forms: readonly FormRow[];
  readonly scans: readonly ScanRow[];
  readonly standing: PaperStanding;
}

const OWNER = 'SealedScan';

/** Sealed forms that were scanned. Whether one counts is never written down: it follows from what the request says now. */
@Injectable()
export class ScansService implements SealedPapers, OnModuleInit {
  constructor(
    private readonly repository: PapersRepository,
    private readonly contents: FormContents,
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

  /** Batch for loaders; callers have let the viewer see the requests. */
  readonly papersOf = async (requests: readonly RequestRow[]): Promise<Papers[]> => {
    const ids = requests.map((request) => request.id);
    const [now, forms, scans] = await Promise.all([
      this.contents.ofAll(requests),
      this.repository.forms(ids),
      this.repository.scans(ids),
    ]);
    return requests.map(({ id }, index) => {
      const current = now[index] as HashedContent;
      const own = scans.filter((scan) => scan.requestId === id);
      const standing = standingOf(
        own.map((scan) => scan.form),
        current.contentHash,
      );
      return { now: current, forms: forms.filter((form) => form.requestId === id), scans: own, standing };
    });
  };

  async scan(viewer: Viewer, id: string): Promise<{ scan: ScanRow; now: HashedContent } | null> {
    const [scan] = await this.repository.scansByIds([id]);
    const request = scan ? await this.requests.seenBy(viewer, scan.requestId) : null;
    return scan && request ? { scan, now: await this.contents.of(request) } : null;
  }

  /** Of each request by its newest content, which is reckoned only where something was sent. */
  async standingsOf(requests: readonly RequestRow[]): Promise<PaperStanding[]> {
    const scans = Map.groupBy(await this.repository.scans(requests.map(({ id }) => id)), (scan) => scan.requestId);
    const sealed = requests.filter(({ id }) => scans.has(id));
    const contents = sealed.length > 0 ? await this.contents.ofAll(sealed) : [];
    const hashes = new Map(sealed.map(({ id }, at) => [id, contents[at]?.contentHash ?? '']));
    return requests.map(({ id }) =>
      standingOf(
        (scans.get(id) ?? []).map((scan) => scan.form),
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

  /** A seal binds the department: its own people send it, no vendor's. */
  mayUpload(viewer: Viewer, request: RequestRow): boolean {
    return SCANNABLE_STATES.includes(request.state) && reaches(scopeFor(viewer, 'REQUEST', 'WITHDRAW'), request);
  }

  /** Refused: UNKNOWN_REFERENCE, NOT_PERMITTED, ILLEGAL_TRANSITION, INVALID_INPUT for a file or code that will not do. */
  async upload(viewer: Viewer, wish: ScanWish): Promise<Result<{ id: string; requestId: string }, readonly Refusal[]>> {
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    const request = scope && wish.requestId ? await this.requests.inScope(scope, wish.requestId) : null;
    if (!request) return refuse([unknown('requestId', '找不到这张申请单', 'There is no such request')]);
    const [[file], [papers]] = await Promise.all([
      wish.fileId ? this.files.uploadsOf(viewer.userId, [wish.fileId]) : [null],
      this.papersOf([request]),
    ]);
    const form = papers?.forms.find((one) => isCheckCode(wish.checkCode, one.contentHash));
    return this.acts.perform(
      { name: 'document.uploadScan', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const wrong = this.wrong(viewer, request, file?.mediaType, form, papers);
        if (wrong || !form || !file) return refuse([wrong ?? wrongCode()]);
        const id = newId(tx.now.getTime());
        await this.repository.insertScan(tx, {
          id,
          requestId: request.id,
          formId: form.id,
          uploadedAt: tx.now,
          uploadedById: viewer.userId,
          uploadedBy: viewer.name,
        });
        if (!(await this.files.attach(tx, [file.id], OWNER, id, viewer.userId)))
          return refuse([unknown('fileId', '找不到这个文件，请重新上传', 'There is no such file; send it again')]);
        tx.changed('request', request.id);
        return ok({
          value: { id, requestId: request.id },
          audit: {
            objectType: 'Request',
            objectId: request.id,
            departmentId: request.departmentId,
            summary: say(
              `上传 ${request.code} 申请表第 ${form.number} 版盖章扫描件`,
              `Uploaded the sealed version ${form.number} of the form of ${request.code}`,
            ),
            after: { number: form.number, contentHash: form.contentHash, file: file.name, sm3: file.sm3 },
          },
        });
      },
    );
  }

  private wrong(
    viewer: Viewer,
    request: RequestRow,
    mediaType: string | undefined,
    form: FormRow | undefined,
    papers: Papers | undefined,
  ): Refusal | null {
    if (!SCANNABLE_STATES.includes(request.state))
      return {
        code: 'ILLEGAL_TRANSITION',
        path: [],
        state: request.state,
        action: 'UPLOAD_SCAN',
        message: say('申请单已结束，不再接收盖章件', 'The request has ended and takes no sealed form any more'),
      };
    if (!this.mayUpload(viewer, request))
      return {
        code: 'NOT_PERMITTED',
        path: [],
        reason: 'role',
        message: say(
          '盖章件由申请单位的经办人或负责人上传',
          'The sealed form is sent by the department’s applicant or head',
        ),
      };
    if (mediaType === undefined)
      return unknown('fileId', '找不到这个文件，请重新上传', 'There is no such file; send it again');
    if (mediaType === MEDIA_TYPES.OFD && !this.ofd.state.configured)
      return { code: 'INVALID_INPUT', path: ['fileId'], rule: 'ofd', message: this.ofd.state.text };
    if (!(SCAN_TYPES as readonly string[]).includes(mediaType))
      return {
        code: 'INVALID_INPUT',
        path: ['fileId'],
        rule: 'type',
        message: say('扫描件须为 PDF、JPG 或 PNG', 'A scan is a PDF, JPG or PNG'),
      };
    if (!form) return wrongCode();
    if (papers && form.contentHash !== papers.now.contentHash) return oldVersion(form, papers);
    return null;
  }
}

function unknown(field: string, zh: string, en: string): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: [field], message: say(zh, en) };
}

const CODE_PATH: InputPath = ['checkCode'];

function wrongCode(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: CODE_PATH,
    rule: 'checkCode',
    message: say(
      '校验码与本申请单打印过的任何一版都不符，请按纸质表左上角或页脚填写',
      'The check code is of no printed version of this request; read it at the top or foot of the paper',
    ),
  };
}

function oldVersion(form: FormRow, { now }: Papers): Refusal {
  const code = checkCodeOf(now.contentHash);
  return {
    code: 'INVALID_INPUT',
    path: CODE_PATH,
    rule: 'oldVersion',
    message: say(
      `这是第 ${form.number} 版，打印后申请内容已变更（现校验码 ${code}）；请重新打印、盖章`,
      `This is version ${form.number}; the request has changed since (its check code is ${code} now): print and seal it anew`,
    ),
  };
}
