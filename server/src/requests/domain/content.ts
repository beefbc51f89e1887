/** Decides whether what was typed into the form is well-formed, field by field, before anything is looked up. */
import type { StorageTier } from '../../allocation/domain/capacity.js';

import { DISK_GIB_MAX, DISK_GIB_MIN, LINE_COUNT_MAX } from '../../catalog/domain/catalog.js';
import type { NetworkZone } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';

export interface LineContent {
  readonly name: string;
  readonly offerId: string | undefined;
  readonly imageId: string | undefined;
  readonly centerId: string | undefined;
  readonly zone: NetworkZone;
  readonly storageTier: StorageTier;
  readonly diskGib: number;
  readonly count: number;
}

/** What a request asks for. Ids are undefined where the text was no id of that kind. */
export interface RequestContent {
  readonly systemId: string | undefined;
  readonly projectId: string | undefined;
  readonly purpose: string;
  /** The last day of what is asked for, YYYY-MM-DD; none = long-term. */
  readonly temporaryUntil?: string | null;
  readonly lines: readonly LineContent[];
}

/** RFC 1123 label, shorter than its 63 so that a number and a code fit behind it. */
const LINE_NAME = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
export const PURPOSE_LENGTH_MAX = 500;
/** What one person can read and one reviewer can judge; more come by upload later. */
export const LINES_MAX = 20;
export const OPINION_LENGTH_MAX = 500;

export function checkContent(content: RequestContent): Refusal[] {
  const refusals: Refusal[] = [];
  const invalid = (path: InputPath, rule: string, message: Bilingual): void => {
    refusals.push({ code: 'INVALID_INPUT', path, rule, message });
  };
  const purpose = content.purpose.trim();
  if (purpose.length === 0 || purpose.length > PURPOSE_LENGTH_MAX)
    invalid(
      ['content', 'purpose'],
      'length',
      say(`请说明用途，1 至 ${PURPOSE_LENGTH_MAX} 字`, `Say what it is for in 1 to ${PURPOSE_LENGTH_MAX} characters`),
    );
  if (content.lines.length === 0 || content.lines.length > LINES_MAX)
    invalid(
      ['content', 'lines'],
      'range',
      say(`需要 1 至 ${LINES_MAX} 行资源明细`, `1 to ${LINES_MAX} lines are needed`),
    );
  const names = new Set<string>();
  content.lines.slice(0, LINES_MAX).forEach((line, index) => {
    const path = (field: string): InputPath => ['content', 'lines', String(index), field];
    if (!LINE_NAME.test(line.name))
      invalid(
        path('name'),
        'dnsLabel',
        say(
          '名称用小写字母开头，只含小写字母、数字和连字符，最长 40 个字符',
          'A name begins with a lower-case letter and has only lower-case letters, digits and hyphens, 40 at most',
        ),
      );
    else if (names.has(line.name))
      invalid(path('name'), 'unique', say('名称与其他明细重复', 'Another line has this name'));
    names.add(line.name);
    if (!Number.isInteger(line.count) || line.count < 1 || line.count > LINE_COUNT_MAX)
      invalid(path('count'), 'range', say(`数量为 1 至 ${LINE_COUNT_MAX}`, `The count is 1 to ${LINE_COUNT_MAX}`));
    if (!Number.isInteger(line.diskGib) || line.diskGib < DISK_GIB_MIN || line.diskGib > DISK_GIB_MAX)
      invalid(
        path('diskGib'),
        'range',
        say(`磁盘为 ${DISK_GIB_MIN} 至 ${DISK_GIB_MAX} GiB`, `The disk is ${DISK_GIB_MIN} to ${DISK_GIB_MAX} GiB`),
      );
  });
  return refusals;
}
