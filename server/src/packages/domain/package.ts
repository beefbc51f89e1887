/** Decides what a package may be: a named set of lines with sizes that a request begins with, in versions. */
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput, Refusal } from '../../kernel/refusal.js';
import { FORM_LINES_MAX, type LineContent } from '../../requests/domain/content.js';

/** DRAFT: never published. PUBLISHED: offered as its last version. WITHDRAWN: no longer offered; what was asked by it lives on. */
export const PACKAGE_STATES = ['DRAFT', 'PUBLISHED', 'WITHDRAWN'] as const;
export type PackageState = (typeof PACKAGE_STATES)[number];

/** More packages than a page shows at a glance are a catalog of their own. */
export const PACKAGES_MAX = 50;
const NAME_LENGTH_MAX = 40;
const SUMMARY_LENGTH_MAX = 200;

export interface PackageContent {
  readonly name: string;
  /** For whom and what it is, in one sentence. */
  readonly summary: string;
  readonly lines: readonly LineContent[];
}

export interface RequestPackage {
  readonly id: string;
  readonly state: PackageState;
  readonly version: number;
  /** As it is being edited. */
  readonly content: PackageContent;
  /** 1, 2, 3 … of the version that is offered; null = none was. */
  readonly number: number | null;
  readonly published: PackageContent | null;
  readonly publishedAt: Date | null;
  readonly publishedBy: string | null;
}

/** What is wrong with it but for what its lines name. */
export function checkPackage({ name, summary, lines }: PackageContent): InvalidInput[] {
  const refusals: InvalidInput[] = [];
  if (name.trim() === '' || name.length > NAME_LENGTH_MAX)
    refusals.push(
      invalid(
        ['name'],
        'length',
        `名称须为 1 至 ${NAME_LENGTH_MAX} 个字`,
        `A name has 1 to ${NAME_LENGTH_MAX} characters`,
      ),
    );
  if (summary.trim() === '' || summary.length > SUMMARY_LENGTH_MAX)
    refusals.push(
      invalid(
        ['summary'],
        'length',
        `请用一句话说明，最多 ${SUMMARY_LENGTH_MAX} 个字`,
        `Say in a sentence what it is, in at most ${SUMMARY_LENGTH_MAX} characters`,
      ),
    );
  if (lines.length === 0 || lines.length > FORM_LINES_MAX)
    refusals.push(
      invalid(['lines'], 'range', `套餐有 1 至 ${FORM_LINES_MAX} 行明细`, `A package has 1 to ${FORM_LINES_MAX} lines`),
    );
  // A package is for every department's systems: it names no center, and says nothing that only one system has.
  lines.forEach((line, at) => {
    if (line.centerId !== null)
      refusals.push(
        invalid(['lines', String(at), 'centerId'], 'noCenter', '套餐不指定数据中心', 'A package names no center'),
      );
  });
  return refusals;
}

export function unknownPackage(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这个套餐', 'There is no such package') };
}

/** null = the act may go on. */
export function notNow(found: RequestPackage, expectedVersion: number): Refusal | null {
  if (found.version === expectedVersion) return null;
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected: expectedVersion,
    current: found.version,
    message: say(
      '套餐刚被他人更新，您的改动没有保存，请刷新后再改',
      'Somebody has just changed the package; your change was not saved. Look again and repeat it',
    ),
  };
}

function invalid(path: readonly string[], rule: string, zh: string, en: string): InvalidInput {
  return { code: 'INVALID_INPUT', path, rule, message: say(zh, en) };
}
