import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { FILES_PER_RUN_MAX, type ImportRun, mayDiscard } from './domain/import-run.js';
import type { ImportKind } from './import-kind.types.js';
import { ImportRegistry } from './import-registry.service.js';
import { ImportWork } from './import-work.service.js';
import { ImportsRepository, type RunsSeen } from './imports.repository.js';
import { changedSince, illegal, invalid } from './refusals.js';

/** Type of the owner under which a run's files are kept. */
const OWNER = 'ImportRun';

/** What people do with imports: begin one, look at it, let it be carried out, throw it away. */
@Injectable()
export class ImportsService implements OnModuleInit {
  constructor(
    private readonly repository: ImportsRepository,
    private readonly registry: ImportRegistry,
    private readonly work: ImportWork,
    private readonly files: FilesService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.files.registerOwner(OWNER, async (viewer, runId) => (await this.run(viewer, runId)) !== null);
  }

  /** Kinds that the viewer may import. */
  kindsOf(viewer: Viewer): readonly ImportKind[] {
    return this.registry.all().filter((kind) => mayImport(viewer, kind));
  }

  /** null = no such kind, or not for this viewer. */
  kindOf(viewer: Viewer, name: string): ImportKind | null {
    const kind = this.registry.kind(name);
    return kind && mayImport(viewer, kind) ? kind : null;
  }

  /** null = no such run, or not for this viewer. */
  run(viewer: Viewer, id: string): Promise<ImportRun | null> {
    return this.repository.seen(this.seenBy(viewer), id);
  }

  list(viewer: Viewer, kind: string | null, page: PageRequest): Promise<Page<ImportRun>> {
    return this.repository.list(this.seenBy(viewer), kind, page);
  }

  /** Batch for loaders: the files of each run. */
  filesOfRuns = (runIds: readonly string[]) => this.files.filesOf(OWNER, runIds);

  /** Takes the files into a new run and begins to read them; the preview comes by itself. */
  async start(
    viewer: Viewer,
    kindName: string,
    fileIds: readonly (string | undefined)[],
    idempotencyKey: string,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const kind = this.kindOf(viewer, kindName);
    if (!kind)
      return refuse([
        { code: 'UNKNOWN_REFERENCE', path: ['kind'], message: say('没有这种导入', 'There is no such kind of import') },
      ]);
    const ids = fileIds.filter((id) => id !== undefined);
    const filesMax = kind.source === 'TABLE' ? 1 : FILES_PER_RUN_MAX;
    if (fileIds.length === 0 || fileIds.length > filesMax)
      return refuse([
        invalid('fileIds', 'count', say(`请上传 1 到 ${filesMax} 个文件`, `Send 1 to ${filesMax} files`)),
      ]);
    if (ids.length < fileIds.length) return refuse([unknownFile()]);
    const run = newRun(kind, viewer, this.clock.now());
    const act = { name: 'import.start', actor: viewer, idempotencyKey, input: { kind: kindName, fileIds } };
    const started = await this.acts.perform<{ id: string }>(act, async (tx) => {
      await this.repository.insert(tx, run);
      if (!(await this.files.attach(tx, ids, OWNER, run.id, viewer.userId))) return refuse([unknownFile()]);
      return ok({
        value: { id: run.id },
        audit: {
          objectType: OWNER,
          objectId: run.id,
          departmentId: viewer.departmentId,
          summary: say(`上传导入文件：${kind.title.zh}`, `Sent files to import: ${kind.title.en}`),
          after: { kind: kind.name, fileIds: ids },
        },
      });
    });
    // The same press again names the first run, which is being read already.
    if (started.ok && started.value.id === run.id) this.work.readInTheBackground(run.id, kind, viewer);
    return started;
  }

  /** All rows of a previewed run as one act, or none. */
  async apply(
    viewer: Viewer,
    id: string,
    expectedVersion: number,
    idempotencyKey: string,
  ): Promise<Result<{ id: string }, readonly Refusal[]> | null> {
    const run = await this.run(viewer, id);
    const kind = run && this.kindOf(viewer, run.kind);
    if (!run || !kind) return null;
    return this.work.apply(run, kind, viewer, expectedVersion, idempotencyKey);
  }

  async discard(
    viewer: Viewer,
    id: string,
    expectedVersion: number,
    idempotencyKey: string,
  ): Promise<Result<{ id: string }, readonly Refusal[]> | null> {
    const run = await this.run(viewer, id);
    if (!run) return null;
    const act = { name: 'import.discard', actor: viewer, idempotencyKey, input: { id, expectedVersion } };
    return this.acts.perform<{ id: string }>(act, async (tx) => {
      const current = await this.repository.within(tx, id);
      if (!current || !mayDiscard(current.state)) return refuse([illegal(current?.state ?? run.state, 'DISCARD')]);
      if (current.version !== expectedVersion) return refuse([changedSince(expectedVersion, current.version)]);
      await this.repository.move(tx, id, [current.state], { state: 'DISCARDED' });
      return ok({
        value: { id },
        audit: {
          objectType: OWNER,
          objectId: id,
          departmentId: viewer.departmentId,
          summary: say('放弃导入', 'Discarded an import'),
          before: { state: current.state },
        },
      });
    });
  }

  private seenBy(viewer: Viewer): RunsSeen {
    const kinds = this.registry
      .all()
      .filter(({ permission }) => scopeFor(viewer, permission.object, permission.action)?.kind === 'PROVINCE');
    return { userId: viewer.userId, kinds: kinds.map((kind) => kind.name) };
  }
}

function mayImport(viewer: Viewer, { permission }: ImportKind): boolean {
  return scopeFor(viewer, permission.object, permission.action) !== undefined;
}

function newRun(kind: ImportKind, viewer: Viewer, now: Date): ImportRun {
  return {
    id: newId(now.getTime()),
    kind: kind.name,
    state: 'UPLOADED',
    startedBy: viewer.userId,
    starterName: viewer.name,
    startedAt: now,
    changedAt: now,
    percent: 0,
    rows: 0,
    added: 0,
    unchanged: 0,
    problems: 0,
    problemList: [],
    sample: [],
    failure: null,
    appliedAt: null,
    version: 1,
  };
}

function unknownFile(): Refusal {
  const message: Bilingual = say(
    '找不到上传的文件，或已用于别处，请重新上传',
    'The file is not there or is used elsewhere; send it again',
  );
  return { code: 'UNKNOWN_REFERENCE', path: ['fileIds'], message };
}
