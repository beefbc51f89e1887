import { readFile, stat } from 'node:fs/promises';
import type { Architecture } from '../../facilities/domain/facility.js';
import { type Locale, say } from '../../kernel/bilingual.js';
import type { Actor } from '../../kernel/viewer.js';
import { newId } from '../../platform/database/ids.js';
import { WriteConflict } from '../../platform/database/unit-of-work.js';
import type { CatalogImportService, ImportOutcome } from '../catalog-import.service.js';
import { ignoredFields } from '../domain/instancetype.js';
import { FILE_BYTES_MAX, type ImportFile, type ImportProblem, tooLarge } from './instancetype-files.js';

export interface ImportOptions {
  /** Of types that do not say one by their node selector. KubeVirt's own default is amd64. */
  readonly architecture?: Architecture;
  readonly locale?: Locale;
  readonly actor?: Actor;
}

/** A list of problems longer than this hides its beginning. */
const PROBLEMS_SHOWN_MAX = 50;

/**
 * `jiyun catalog import FILE…`: all of the files or none.
 * @returns the process's exit code: 0 = imported or already there; 1 = refused, nothing was written; 2 = no file named.
 */
export async function catalogImportCommand(
  paths: readonly string[],
  services: { readonly imports: Pick<CatalogImportService, 'import'> },
  print: (line: string) => void,
  { architecture = 'AMD64', locale = 'en', actor = commandActor() }: ImportOptions = {},
): Promise<number> {
  if (paths.length === 0) {
    print('Name at least one file: catalog import FILE…');
    return 2;
  }
  const read = await Promise.all(paths.map(readImportFile));
  const unreadable = read.flatMap((file) => ('message' in file ? [file] : []));
  if (unreadable.length > 0) return refused(unreadable, locale, print);
  try {
    const outcome = await services.imports.import(read as ImportFile[], architecture, actor);
    if (!outcome.ok) return refused(outcome.error, locale, print);
    report(outcome.value, print);
    return 0;
  } catch (error) {
    if (!(error instanceof WriteConflict)) throw error;
    print(`${error.message}. Run the command again.`);
    return 1;
  }
}

async function readImportFile(path: string): Promise<ImportFile | ImportProblem> {
  try {
    if ((await stat(path)).size > FILE_BYTES_MAX) return tooLarge(path);
    return { name: path, text: await readFile(path, 'utf8') };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return {
      file: path,
      document: null,
      field: '',
      message: say(`无法读取（${reason}）`, `cannot be read (${reason})`),
    };
  }
}

function refused(problems: readonly ImportProblem[], locale: Locale, print: (line: string) => void): number {
  for (const { file, document, field, message } of problems.slice(0, PROBLEMS_SHOWN_MAX)) {
    const place = [file, document === null ? '' : `document ${document}`, field].filter((part) => part !== '');
    print(`${place.join(', ')}: ${message[locale]}`);
  }
  if (problems.length > PROBLEMS_SHOWN_MAX) print(`… and ${problems.length - PROBLEMS_SHOWN_MAX} more`);
  print('Nothing was imported.');
  return 1;
}

function report({ added, unchanged, offers }: ImportOutcome, print: (line: string) => void): void {
  print(`${added.length} offers imported, ${unchanged.length} were there already.`);
  const counts = new Map<string, number>();
  for (const offer of offers)
    for (const field of ignoredFields(offer.keptAside)) counts.set(field, (counts.get(field) ?? 0) + 1);
  for (const [field, count] of [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    print(`Kept with the offer but not acted on: ${field} (${count} types)`);
}

/** The operator at the machine's own prompt: no user of the console. */
function commandActor(): Actor {
  return { userId: null, name: 'jiyun catalog import', departmentId: null, address: null, traceId: newId() };
}
