import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { FilesService } from '../files/files.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { type Result, refuse } from '../kernel/result.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { Gate } from '../platform/concurrency/gate.js';
import { QueueFull } from '../platform/concurrency/turns.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type ImportRun, mayApply, SILENT_RUN_MS, WAITING_RUN_MS } from './domain/import-run.js';
import type { ImportContext, ImportKind } from './import-kind.types.js';
import { ImportPlanner, type PreparedImport, type SourceFile } from './import-planner.service.js';
import { ImportWriter } from './import-writer.service.js';
import { ImportsRepository } from './imports.repository.js';
import { illegal } from './refusals.js';

/** One at a time in a process: a table in memory is what bounds it. */
const AT_ONCE = 1;
const WAITING_MAX = 100;
/** Often enough for a bar that moves, seldom enough that telling costs nothing. */
const TOLD_EVERY_MS = 300;
/** Of applying, what is preparation; the rest is the one transaction, which tells nothing until it is through. */
const PREPARING_PERCENT = 50;

/** Reads, previews and applies runs, in this process, one after the other; how far it is stands in the run's row. */
@Injectable()
export class ImportWork implements OnApplicationShutdown {
  private readonly logger = new Logger(ImportWork.name);
  private readonly gate = new Gate(AT_ONCE, WAITING_MAX);
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly repository: ImportsRepository,
    private readonly planner: ImportPlanner,
    private readonly writer: ImportWriter,
    private readonly files: FilesService,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  readInTheBackground(id: string, kind: ImportKind, viewer: Viewer): void {
    const work = this.gate
      .pass(() => this.read(id, kind, viewer))
      .catch((error: unknown) => this.fail(id, error))
      .finally(() => this.running.delete(work));
    this.running.add(work);
  }

  async apply(
    run: ImportRun,
    kind: ImportKind,
    viewer: Viewer,
    expectedVersion: number,
    idempotencyKey: string,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const wish = { run, kind, actor: viewer, idempotencyKey, expectedVersion };
    const mine =
      mayApply(run) &&
      run.added > 0 &&
      run.version === expectedVersion &&
      (await this.move(run.id, 'PREVIEWED', { state: 'APPLYING', percent: 0, failure: null }));
    // Somebody was quicker, perhaps this very press: its key knows the answer.
    if (!mine) return this.writer.answerOf(wish);
    try {
      return await this.gate.pass(async () => {
        const files = await this.sources(run.id);
        const prepared = await this.planner.prepare(kind, files, contextOf(kind, viewer, this.clock), (share) =>
          this.tell(run.id, 'APPLYING', share * PREPARING_PERCENT),
        );
        if (prepared.counts.problems > 0) return await this.giveBack(run.id, prepared, changedMeanwhile());
        const applied = await this.writer.write(wish, prepared, files, contextOf(kind, viewer, this.clock));
        if (applied.problems) return await this.giveBack(run.id, applied.problems, changedMeanwhile());
        if (!applied.result.ok) await this.giveBack(run.id, prepared, applied.result.error[0]?.message ?? brokenOff());
        return applied.result;
      });
    } catch (error) {
      await this.move(run.id, 'APPLYING', { state: 'PREVIEWED', percent: 100, failure: brokenOff() });
      throw error;
    }
  }

  /** Runs of a process that is gone: nothing of them was imported, and the page must not wait for ever. */
  async recover(now: Date): Promise<void> {
    const before = (ms: number): Date => new Date(now.getTime() - ms);
    for (const id of await this.repository.silent('APPLYING', before(SILENT_RUN_MS)))
      await this.move(id, 'APPLYING', { state: 'PREVIEWED', percent: 100, failure: brokenOff() });
    for (const id of await this.repository.silent('READING', before(SILENT_RUN_MS)))
      await this.move(id, 'READING', { state: 'FAILED', failure: brokenOff() });
    for (const id of await this.repository.silent('UPLOADED', before(WAITING_RUN_MS)))
      await this.move(id, 'UPLOADED', { state: 'FAILED', failure: brokenOff() });
  }

  private async read(id: string, kind: ImportKind, viewer: Viewer): Promise<void> {
    if (!(await this.move(id, 'UPLOADED', { state: 'READING' }))) return;
    const prepared = await this.planner.prepare(
      kind,
      await this.sources(id),
      contextOf(kind, viewer, this.clock),
      (share) => this.tell(id, 'READING', share * 100),
    );
    await this.move(id, 'READING', { state: 'PREVIEWED', percent: 100, ...shownOf(prepared) });
  }

  private async sources(runId: string): Promise<SourceFile[]> {
    const [files = []] = await this.files.filesOf('ImportRun', [runId]);
    return Promise.all(
      files.map(async ({ id, name, mediaType }) => ({ name, mediaType, bytes: await this.files.bytesOf(id) })),
    );
  }

  private async giveBack(
    id: string,
    prepared: PreparedImport,
    failure: Bilingual,
  ): Promise<Result<never, readonly Refusal[]>> {
    await this.move(id, 'APPLYING', { state: 'PREVIEWED', percent: 100, failure, ...shownOf(prepared) });
    return refuse([{ ...illegal('PREVIEWED', 'APPLY'), message: failure }]);
  }

  private readonly told = new Map<string, number>();

  /** Said by the way: a lost word is no harm, the next one is larger. */
  private tell(id: string, state: 'READING' | 'APPLYING', percent: number): void {
    const now = Date.now();
    if (now - (this.told.get(id) ?? 0) < TOLD_EVERY_MS) return;
    this.told.set(id, now);
    this.move(id, state, { percent: Math.min(99, Math.floor(percent)) }).catch((error: unknown) =>
      this.logger.warn({ err: error }, 'the progress of an import could not be written'),
    );
  }

  private move(
    id: string,
    from: ImportRun['state'],
    change: Parameters<ImportsRepository['move']>[3],
  ): Promise<boolean> {
    if (change.state !== undefined) this.told.delete(id);
    return this.unitOfWork.run((tx) => this.repository.move(tx, id, [from], change));
  }

  private async fail(id: string, error: unknown): Promise<void> {
    const failure =
      error instanceof QueueFull
        ? say('正在进行的导入太多，请稍后再试', 'Too many imports are waiting; try again in a while')
        : brokenOff();
    this.logger.error({ err: error }, 'an import could not be read');
    await this.unitOfWork
      .run((tx) => this.repository.move(tx, id, ['UPLOADED', 'READING'], { state: 'FAILED', failure }))
      .catch((cause: unknown) => this.logger.error({ err: cause }, 'and that could not be written'));
  }
}

function shownOf({ counts, problems, sample }: PreparedImport) {
  return { ...counts, problemList: problems, sample };
}

function contextOf(kind: ImportKind, viewer: Viewer, clock: Clock): ImportContext {
  const scope = scopeFor(viewer, kind.permission.object, kind.permission.action) ?? {
    kind: 'DEPARTMENTS',
    departmentIds: [],
  };
  return { actor: viewer, scope, now: clock.now() };
}

function brokenOff(): Bilingual {
  return say('导入中断，未写入任何数据，请再试一次', 'The import was broken off; nothing was imported. Try again');
}

function changedMeanwhile(): Bilingual {
  return say(
    '预览之后数据已被他人更改，未写入任何数据，请查看新的预览结果',
    'Somebody has changed the data since the preview; nothing was imported. Look at the new preview',
  );
}
