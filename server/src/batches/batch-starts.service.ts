import { Inject, Injectable } from '@nestjs/common';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { Gate } from '../platform/concurrency/gate.js';
import { newId } from '../platform/database/ids.js';
import { PURPOSE_LENGTH_MAX } from '../requests/domain/content.js';
import { RequestsService } from '../requests/requests.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { type Answer, auditOf, OWNER, scopeOf } from './batch-acts.js';
import { BatchChoicesService } from './batch-choices.service.js';
import { readBatch } from './batch-reading.js';
import { invalid, unknownFile } from './batch-refusals.js';
import { BatchesRepository } from './batches.repository.js';
import { type Batch, type BatchRow, type BatchTarget, OPEN_BATCHES_MAX } from './domain/batch.js';

/** A table in memory is what bounds it; a thousand rows are read in well under a second. */
const READ_AT_ONCE = 1;
const WAITING_MAX = 50;

export interface NewBatch {
  readonly kind: LineKind;
  readonly fileId: string | undefined;
  /** A draft that is there; undefined = an id that is none. */
  readonly requestId: string | null | undefined;
  readonly systemId: string | undefined;
  readonly projectId: string | undefined;
  readonly purpose: string;
  /** Of a table of services: the one that all rows are of. A template says so itself. */
  readonly serviceId?: string | null;
  readonly idempotencyKey: string;
}

/** Takes a table that somebody sent, for a draft that is there or the one that its lines begin. */
@Injectable()
export class BatchStarts {
  private readonly gate = new Gate(READ_AT_ONCE, WAITING_MAX);

  constructor(
    private readonly repository: BatchesRepository,
    private readonly requests: RequestsService,
    private readonly choices: BatchChoicesService,
    private readonly systems: SystemsService,
    private readonly files: FilesService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async start(viewer: Viewer, wish: NewBatch): Answer {
    const prepared = await this.prepare(viewer, wish);
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'batch.start', actor: viewer, idempotencyKey, input }, async (tx) => {
      if (!prepared.ok) return prepared;
      const { batch, rows, fileId } = prepared.value;
      if ((await this.repository.countOpen(tx, viewer.userId)) >= OPEN_BATCHES_MAX) return refuse([tooManyOpen()]);
      await this.repository.insert(tx, batch, rows);
      if (!(await this.files.attach(tx, [fileId], OWNER, batch.id, viewer.userId))) return refuse([unknownFile()]);
      return ok({
        value: { id: batch.id },
        audit: auditOf(
          batch,
          `上传批量明细 ${batch.fileName}：${rows.length} 行`,
          `Sent a table of ${rows.length} lines: ${batch.fileName}`,
          { kind: batch.kind, fileName: batch.fileName, sm3: batch.sm3, rows: rows.length },
        ),
      });
    });
  }

  private async prepare(
    viewer: Viewer,
    wish: NewBatch,
  ): Promise<Result<{ batch: Batch; rows: readonly BatchRow[]; fileId: string }, readonly Refusal[]>> {
    const [file] = wish.fileId === undefined ? [] : await this.files.uploadsOf(viewer.userId, [wish.fileId]);
    if (!file) return refuse([unknownFile()]);
    const target = await this.targetOf(viewer, wish);
    if (!target.ok) return target;
    const services = wish.kind === 'SERVICE' ? [...(await this.choices.of('SERVICE')).services.values()] : [];
    const { serviceId = null } = wish;
    const named = serviceId === null ? null : services.find(({ id, offered }) => offered && id === serviceId);
    if (named === undefined)
      return refuse([
        unknown(['serviceId'], '没有这项服务，或已下架', 'There is no such service, or it was withdrawn'),
      ]);
    const bytes = await this.files.bytesOf(file.id);
    const read = await this.gate.pass(() =>
      readBatch(wish.kind, { mediaType: file.mediaType, bytes }, services, named),
    );
    if (!read.ok) return read;
    const { rows, service } = read.value;
    const now = this.clock.now();
    const batch: Batch = {
      id: newId(now.getTime()),
      kind: wish.kind,
      state: 'OPEN',
      version: 1,
      ...target.value,
      fileName: file.name,
      sm3: file.sm3,
      serviceId: service?.id ?? null,
      rowCount: rows.length,
      lastNumber: rows.reduce((last, { number }) => Math.max(last, number), 1),
      takenCount: 0,
      createdAt: now,
      createdById: viewer.userId,
      createdBy: viewer.name,
    };
    return ok({ batch, rows, fileId: file.id });
  }

  private async targetOf(
    viewer: Viewer,
    wish: NewBatch,
  ): Promise<Result<BatchTarget & { readonly departmentId: string }, readonly Refusal[]>> {
    if (wish.requestId !== null) {
      const scope = scopeFor(viewer, 'REQUEST', 'EDIT');
      const request = scope && wish.requestId ? await this.requests.inScope(scope, wish.requestId) : null;
      if (!request) return refuse([unknown(['requestId'], '找不到这张申请单', 'There is no such request')]);
      if (request.state !== 'DRAFT' && request.state !== 'RETURNED') return refuse([notEditable(request.state)]);
      const { id, systemId, projectId, purpose, departmentId } = request;
      return ok({ requestId: id, systemId, projectId, purpose, departmentId });
    }
    const scope = scopeOf(viewer);
    const system = scope && wish.systemId ? await this.systems.system(scope, wish.systemId) : null;
    if (!system)
      return refuse([
        unknown(['systemId'], '找不到这个系统，或不属于您的单位', 'There is no such system, or it is not yours'),
      ]);
    const [projects = []] = await this.systems.payingProjectsToday([system.id]);
    const project = projects.find(({ id }) => id === wish.projectId);
    if (!project)
      return refuse([unknown(['projectId'], '这个项目今天不为该系统付费', 'This project does not pay for it today')]);
    const purpose = wish.purpose.trim();
    if (purpose === '' || purpose.length > PURPOSE_LENGTH_MAX)
      return refuse([
        invalid(
          ['purpose'],
          'length',
          say(
            `请说明用途，1 至 ${PURPOSE_LENGTH_MAX} 字`,
            `Say what it is for in 1 to ${PURPOSE_LENGTH_MAX} characters`,
          ),
        ),
      ]);
    return ok({
      ...{ requestId: null, systemId: system.id, projectId: project.id, purpose },
      departmentId: system.departmentId,
    });
  }
}

function unknown(path: readonly string[], zh: string, en: string): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path, message: say(zh, en) };
}

function notEditable(state: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['requestId'],
    state,
    action: 'EDIT',
    message: say('这张申请单当前不能修改', 'This request cannot be changed now'),
  };
}

function tooManyOpen(): Refusal {
  return invalid(
    ['fileId'],
    'openMax',
    say(
      `您有 ${OPEN_BATCHES_MAX} 张未取完的批量表，请先取入草稿或放弃`,
      `You have ${OPEN_BATCHES_MAX} tables that wait; take them into their drafts or discard them first`,
    ),
  );
}
