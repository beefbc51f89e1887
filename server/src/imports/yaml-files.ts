import { parseAllDocuments } from 'yaml';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { ImportProblem } from './domain/import-run.js';
import type { DocumentRow } from './domain/import-table.js';

/** The longest device type of NetBox's library has some 60 KiB; more in one file is some other file. */
export const YAML_BYTES_MAX = 1 << 20;
/** All device types of one maker are some hundreds. */
const DOCUMENTS_MAX = 5_000;
/** Aliases are how a small YAML file becomes a huge one; device types have no use for many. */
const ALIASES_MAX = 20;

export interface YamlFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Every document of every file, counted through; all problems at once. Between two files others get their turn. */
export async function readYamlFiles(
  files: readonly YamlFile[],
  onProgress: (share: number) => void,
): Promise<{ rows: DocumentRow[]; problems: ImportProblem[] }> {
  const rows: DocumentRow[] = [];
  const problems: ImportProblem[] = [];
  for (const [index, file] of files.entries()) {
    readFile(file, rows, problems);
    onProgress((index + 1) / files.length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (rows.length > DOCUMENTS_MAX)
    problems.push(
      at(null, null, say(`文档超过 ${DOCUMENTS_MAX} 个`, `there are more than ${DOCUMENTS_MAX} documents`)),
    );
  if (rows.length === 0 && problems.length === 0)
    problems.push(at(null, null, say('文件中没有任何文档', 'there is no document in the files')));
  return { rows, problems };
}

function readFile({ name, bytes }: YamlFile, rows: DocumentRow[], problems: ImportProblem[]): void {
  if (bytes.length > YAML_BYTES_MAX) {
    const kibibytes = YAML_BYTES_MAX / 1024;
    problems.push(at(name, null, say(`文件超过 ${kibibytes} KiB`, `the file is larger than ${kibibytes} KiB`)));
    return;
  }
  const text = utf8(bytes);
  if (text === undefined) {
    problems.push(at(name, null, say('文件编码不是 UTF-8', 'the file is not in UTF-8')));
    return;
  }
  for (const [index, document] of Array.from(
    parseAllDocuments(text, { uniqueKeys: true, logLevel: 'silent' }),
  ).entries()) {
    const [error] = document.errors;
    try {
      if (error) throw error;
      const value: unknown = document.toJS({ maxAliasCount: ALIASES_MAX }) ?? null;
      // An empty document, as a file that ends with "---" has.
      if (value !== null) rows.push({ number: rows.length + 1, file: name, document: index + 1, value });
    } catch (cause) {
      problems.push(at(name, index + 1, notYaml(cause)));
    }
  }
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The parser's sentence ends with a picture of the line; its first line says what and where. */
function notYaml(cause: unknown): Bilingual {
  const [sentence = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  return say(`不是合法的 YAML：${sentence}`, `not valid YAML: ${sentence}`);
}

function at(file: string | null, row: number | null, message: Bilingual): ImportProblem {
  return { file, row, cell: null, column: null, message };
}
