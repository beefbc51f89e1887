import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { FILE_BYTES_MAX, isZip, MEDIA_TYPES, mediaTypeOf } from '../files/domain/stored-file.js';
import { type Locale, say } from '../kernel/bilingual.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { ImportProblem, ImportRun } from './domain/import-run.js';
import type { ImportKind } from './import-kind.types.js';
import type { ImportPlanner, PreparedImport, SourceFile } from './import-planner.service.js';
import type { ImportRegistry } from './import-registry.service.js';
import type { ImportWriter } from './import-writer.service.js';

export interface ImportServices {
  readonly registry: ImportRegistry;
  readonly planner: ImportPlanner;
  readonly writer: ImportWriter;
}

export interface ImportCommandOptions {
  readonly locale?: Locale;
  readonly now: Date;
  /** Looks only. */
  readonly preview?: boolean;
}

/**
 * `jiyun import KIND FILE…`: all rows or none, like the page.
 * @returns the process's exit code: 0 = imported, or all of it was there already; 1 = refused, nothing was written;
 * 2 = no such kind.
 */
export async function importCommand(
  kindName: string,
  paths: readonly string[],
  { registry, planner, writer }: ImportServices,
  print: (line: string) => void,
  { locale = 'en', now, preview = false }: ImportCommandOptions,
): Promise<number> {
  const kind = registry.kind(kindName);
  if (!kind) {
    print(
      `There is no kind of import "${kindName}". Known: ${registry
        .all()
        .map((each) => each.name)
        .join(', ')}`,
    );
    return 2;
  }
  const files = await Promise.all(paths.map((path) => sourceOf(path)));
  const unreadable = files.filter((file) => 'message' in file);
  if (unreadable.length > 0) return refused(unreadable, unreadable.length, locale, print);
  const sources = files as SourceFile[];
  const context = { actor: commandActor(), scope: WHOLE_PROVINCE, now };
  const prepared = await planner.prepare(kind, sources, context, () => {});
  const { problems, rows, added, unchanged } = prepared.counts;
  if (problems > 0) return refused(prepared.problems, problems, locale, print);
  if (preview || added === 0) {
    print(
      `${rows} rows read: ${added} new, ${unchanged} there already. ${preview ? 'Nothing was imported.' : 'Nothing to import.'}`,
    );
    return 0;
  }
  const wish = { run: commandRun(kind, context.actor, now), kind, actor: context.actor, expectedVersion: 1 };
  const written = await writer.write(wish, prepared, sources, context);
  if (written.result.ok) {
    print(`${added} rows imported, ${unchanged} were there already.`);
    return 0;
  }
  const inTheWay = written.problems?.problems ?? written.result.error.map(({ message }) => whole(message));
  return refused(inTheWay, inTheWay.length, locale, print);
}

async function sourceOf(path: string): Promise<SourceFile | ImportProblem> {
  const name = basename(path);
  try {
    if ((await stat(path)).size > FILE_BYTES_MAX) {
      const mebibytes = FILE_BYTES_MAX / 1024 / 1024;
      return { ...whole(say(`文件超过 ${mebibytes} MiB`, `the file is larger than ${mebibytes} MiB`)), file: path };
    }
    const bytes = await readFile(path);
    // A workbook's parts are looked at when it is read: here only the kind of reader is chosen.
    const mediaType = isZip(bytes) ? { ok: true as const, value: MEDIA_TYPES.XLSX } : mediaTypeOf(bytes, [], name);
    return mediaType.ok ? { name, mediaType: mediaType.value, bytes } : { ...whole(mediaType.error), file: path };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return { ...whole(say(`无法读取（${reason}）`, `cannot be read (${reason})`)), file: path };
  }
}

function refused(
  problems: readonly ImportProblem[],
  count: number,
  locale: Locale,
  print: (line: string) => void,
): number {
  for (const { file, row, cell, column, message } of problems) {
    const place = [file, cell ?? (row === null ? null : `row ${row}`), column?.[locale] ?? null];
    print([place.filter((part) => part !== null).join(', '), message[locale]].filter((part) => part !== '').join(': '));
  }
  if (count > problems.length) print(`… and ${count - problems.length} more`);
  print('Nothing was imported.');
  return 1;
}

function whole(message: ImportProblem['message']): ImportProblem {
  return { file: null, row: null, cell: null, column: null, message };
}

/** The operator at the machine's own prompt: no user of the console. */
function commandActor(): Actor {
  return { userId: null, name: 'jiyun import', departmentId: null, address: null, traceId: newId() };
}

function commandRun(kind: ImportKind, actor: Actor, now: Date): ImportRun {
  const empty: PreparedImport['counts'] = { rows: 0, added: 0, unchanged: 0, problems: 0 };
  return {
    ...empty,
    id: newId(now.getTime()),
    kind: kind.name,
    state: 'APPLYING',
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
}
