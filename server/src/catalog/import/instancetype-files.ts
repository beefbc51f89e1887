import { parseAllDocuments } from 'yaml';
import type { Architecture } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { type OfferDraft, offerOf } from '../domain/instancetype.js';

export interface ImportFile {
  readonly name: string;
  readonly text: string;
}

/** What is wrong, and where: the file, its document counted from 1 (null = the file as a whole), the field. */
export interface ImportProblem {
  readonly file: string;
  readonly document: number | null;
  readonly field: string;
  readonly message: Bilingual;
}

export interface DraftedOffer {
  readonly file: string;
  readonly document: number;
  readonly offer: OfferDraft;
}

/** The whole published catalog of KubeVirt is 60 KiB; more in one file is some other file. */
export const FILE_BYTES_MAX = 1 << 20;
/** A form cannot show more sizes than that, whoever made them. */
const DOCUMENTS_MAX = 1000;
/** Aliases are how a small YAML file becomes a huge one; instance types have no use for many. */
const ALIASES_MAX = 20;

/** Reads every document of every file. All problems are told at once; with any of them there is no offer at all. */
export function draftOffers(
  files: readonly ImportFile[],
  assumed: Architecture,
): Result<readonly DraftedOffer[], readonly ImportProblem[]> {
  const problems: ImportProblem[] = [];
  const drafts: DraftedOffer[] = [];
  for (const file of files) {
    const read = readFile(file, assumed);
    problems.push(...read.problems);
    drafts.push(...read.drafts);
  }
  problems.push(...namedTwice(drafts));
  const first = files[0];
  if (first && problems.length === 0 && (drafts.length === 0 || drafts.length > DOCUMENTS_MAX))
    problems.push({
      file: first.name,
      document: null,
      field: '',
      message:
        drafts.length === 0
          ? say('没有任何实例类型', 'there is no instance type in it')
          : say(`实例类型超过 ${DOCUMENTS_MAX} 个`, `there are more than ${DOCUMENTS_MAX} instance types`),
    });
  return problems.length > 0 ? refuse(problems) : ok(drafts);
}

function readFile(file: ImportFile, assumed: Architecture): { drafts: DraftedOffer[]; problems: ImportProblem[] } {
  const drafts: DraftedOffer[] = [];
  const problems: ImportProblem[] = [];
  if (Buffer.byteLength(file.text) > FILE_BYTES_MAX) return { drafts, problems: [tooLarge(file.name)] };
  const documents = parseAllDocuments(file.text, { uniqueKeys: true, logLevel: 'silent' });
  for (const [index, document] of Array.from(documents).entries()) {
    const at = { file: file.name, document: index + 1 };
    const [error] = document.errors;
    if (error) {
      problems.push({ ...at, field: '', message: notYaml(error.message) });
      continue;
    }
    const value = toValue(document);
    if (!value.ok) problems.push({ ...at, field: '', message: value.error });
    else if (value.value !== null) {
      const offer = offerOf(value.value, assumed);
      if (offer.ok) drafts.push({ ...at, offer: offer.value });
      else problems.push(...offer.error.map((problem) => ({ ...at, ...problem })));
    }
  }
  return { drafts, problems };
}

/** null = an empty document, as a file that ends with "---" has. */
function toValue(document: ReturnType<typeof parseAllDocuments>[number]): Result<unknown, Bilingual> {
  try {
    return ok(document.toJS({ maxAliasCount: ALIASES_MAX }) ?? null);
  } catch (error) {
    return refuse(notYaml(error instanceof Error ? error.message : String(error)));
  }
}

function namedTwice(drafts: readonly DraftedOffer[]): ImportProblem[] {
  const seen = new Map<string, DraftedOffer>();
  const problems: ImportProblem[] = [];
  for (const draft of drafts) {
    const before = seen.get(draft.offer.code);
    if (before)
      problems.push({
        file: draft.file,
        document: draft.document,
        field: 'metadata.name',
        message: say(
          `与 ${before.file} 第 ${before.document} 个文档同名：${draft.offer.code}`,
          `${draft.offer.code} is already the name of document ${before.document} of ${before.file}`,
        ),
      });
    else seen.set(draft.offer.code, draft);
  }
  return problems;
}

export function tooLarge(file: string): ImportProblem {
  return {
    file,
    document: null,
    field: '',
    message: say(`文件超过 ${FILE_BYTES_MAX / 1024} KiB`, `the file is larger than ${FILE_BYTES_MAX / 1024} KiB`),
  };
}

/** The parser's sentence ends with a picture of the line; its first line says what and where. */
function notYaml(message: string): Bilingual {
  const [sentence = ''] = message.split('\n');
  return say(`不是合法的 YAML：${sentence}`, `not valid YAML: ${sentence}`);
}
