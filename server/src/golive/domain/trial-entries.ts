/** Decides what a record of a trial, the end of an incident and a paper must say. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { DocumentKind } from './go-live-policy.js';

export const ENTRY_LENGTH_MAX = 1_000;
export const REFERENCE_LENGTH_MAX = 100;
/** Files of one record; each may be 20 MiB and more belongs into an archive. */
export const FILES_MAX = 5;

/** What happened belongs to the days of the trial, and is not foretold. */
export function checkEntry(
  entry: { readonly day: CalendarDate; readonly text: string; readonly files: number },
  begunOn: CalendarDate,
  today: CalendarDate,
): Refusal[] {
  const inTrial = isCalendarDate(entry.day) && entry.day >= begunOn && entry.day <= today;
  return [
    ...(inTrial
      ? []
      : [
          invalid(
            'day',
            'range',
            begunOn > today
              ? say(`试运行 ${begunOn} 才开始`, `The trial begins on ${begunOn}`)
              : say(`日期须在 ${begunOn} 至 ${today} 之间`, `A day from ${begunOn} to ${today}`),
          ),
        ]),
    ...checkText('text', entry.text),
    ...(entry.files <= FILES_MAX
      ? []
      : [invalid('fileIds', 'range', say(`附件最多 ${FILES_MAX} 个`, `At most ${FILES_MAX} files`))]),
  ];
}

export function checkText(field: string, text: string): Refusal[] {
  const { length } = text.trim();
  return length > 0 && length <= ENTRY_LENGTH_MAX
    ? []
    : [invalid(field, 'length', say(`请填写 1 至 ${ENTRY_LENGTH_MAX} 字`, `1 to ${ENTRY_LENGTH_MAX} characters`))];
}

/** A report is a file; that of the 等保 assessment may lie with the assessor and be named by its number. */
export function checkDocument(document: {
  readonly kind: DocumentKind;
  readonly hasFile: boolean;
  readonly reference: string | null;
}): Refusal[] {
  const reference = document.reference?.trim() ?? '';
  if (reference.length > REFERENCE_LENGTH_MAX)
    return [
      invalid(
        'reference',
        'length',
        say(`编号不超过 ${REFERENCE_LENGTH_MAX} 字`, `A number of ${REFERENCE_LENGTH_MAX} characters at most`),
      ),
    ];
  if (document.hasFile || (document.kind === 'PROTECTION_REPORT' && reference)) return [];
  return [
    invalid(
      'fileId',
      'required',
      document.kind === 'PROTECTION_REPORT'
        ? say('请上传报告，或填写报告编号', 'Send the report, or give its number')
        : say('请上传文件', 'Send the file'),
    ),
  ];
}

function invalid(field: string, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: [field], rule, message };
}
