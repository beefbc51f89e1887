import { MEDIA_TYPES } from '../../server/src/files/domain/stored-file.js';
import type { SourceFile } from '../../server/src/imports/import-planner.service.js';
import { ImportPlanner, type PreparedImport } from '../../server/src/imports/import-planner.service.js';
import { ImportRegistry } from '../../server/src/imports/import-registry.service.js';
import { ImportWriter } from '../../server/src/imports/import-writer.service.js';
import { systemClock } from '../../server/src/kernel/clock.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import type { TestApplication } from './application.ts';

export interface ImportedForTest {
  readonly prepared: PreparedImport;
  /** "B7 what is wrong", or "file#1 field: what is wrong". */
  readonly said: readonly string[];
  /** Whether it was written. */
  readonly written: boolean;
}

/** Prepares and, where nothing stands in the way, writes an import of any kind, as the command does. */
export async function runImport(
  { context }: TestApplication,
  kindName: string,
  files: readonly SourceFile[],
): Promise<ImportedForTest> {
  const get = <T>(type: new (...args: never[]) => T): T => context.get(type, { strict: false });
  const kind = get(ImportRegistry).kind(kindName);
  if (!kind) throw new Error(`there is no kind ${kindName}`);
  const actor = { userId: null, name: '测试', departmentId: null, address: null, traceId: newId() };
  const now = systemClock.now();
  const at = { actor, scope: WHOLE_PROVINCE, now };
  const prepared = await get(ImportPlanner).prepare(kind, files, at, () => {});
  const saidOf = ({ problems }: PreparedImport) =>
    problems.map(
      (p) =>
        `${p.file === null ? (p.cell ?? `${p.row ?? '-'}`) : `${p.file}#${p.row} ${p.column?.en ?? ''}:`} ${p.message.en}`,
    );
  if (prepared.counts.problems > 0 || prepared.counts.added === 0)
    return { prepared, said: saidOf(prepared), written: false };
  const run = {
    ...prepared.counts,
    id: newId(),
    kind: kind.name,
    state: 'APPLYING' as const,
    startedBy: null,
    starterName: actor.name,
    startedAt: now,
    changedAt: now,
    percent: 0,
    problemList: [],
    sample: [],
    failure: null,
    appliedAt: null,
    version: 1,
  };
  const { result, problems } = await get(ImportWriter).write(
    { run, kind, actor, expectedVersion: 1 },
    prepared,
    files,
    at,
  );
  return { prepared, said: problems ? saidOf(problems) : [], written: result.ok };
}

export function csvFile(text: string): SourceFile {
  return { name: 'table.csv', mediaType: MEDIA_TYPES.CSV, bytes: Buffer.from(text) };
}

export function yamlFile(name: string, text: string | Buffer): SourceFile {
  return { name, mediaType: MEDIA_TYPES.YAML, bytes: Buffer.from(text) };
}
