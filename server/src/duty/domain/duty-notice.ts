/** Decides what a notice to departments must say, and when those who have not read it may be reminded. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { isText, TEXT_LENGTH_MAX, TITLE_LENGTH_MAX } from './ticket.js';

/** 故障通告、进展通告、恢复通告、变更预告. */
export const DUTY_NOTICE_KINDS = ['FAULT', 'PROGRESS', 'RESTORED', 'CHANGE'] as const;
export type DutyNoticeKind = (typeof DUTY_NOTICE_KINDS)[number];

/** Some thousands a province has with all bureaus of its cities; they are told in batches, but their receipts are written in one transaction. */
export const DEPARTMENTS_MAX = 20_000;
/** Oftener it is noise. */
const REMIND_EVERY_MS = 60 * 60_000;

export function wrongNotice(wish: {
  readonly title: string;
  readonly body: string;
  readonly departments: number;
}): Refusal[] {
  const wrong: Refusal[] = [];
  const check = (fine: boolean, path: string, zh: string, en: string) => {
    if (!fine) wrong.push({ code: 'INVALID_INPUT', path: [path], rule: 'length', message: say(zh, en) });
  };
  check(
    isText(wish.title, TITLE_LENGTH_MAX),
    'title',
    `请填写，最多 ${TITLE_LENGTH_MAX} 字`,
    `Required, ${TITLE_LENGTH_MAX} characters at most`,
  );
  check(
    isText(wish.body, TEXT_LENGTH_MAX),
    'body',
    `请填写，最多 ${TEXT_LENGTH_MAX} 字`,
    `Required, ${TEXT_LENGTH_MAX} characters at most`,
  );
  check(
    wish.departments > 0,
    'departmentIds',
    '没有要告知的单位：请先关联系统、资源或数据中心',
    'Nobody to tell: link a system, a resource or a center first',
  );
  check(
    wish.departments <= DEPARTMENTS_MAX,
    'departmentIds',
    `最多 ${DEPARTMENTS_MAX} 个单位`,
    `${DEPARTMENTS_MAX} departments at most`,
  );
  return wrong;
}

export function whyNoReminder(
  notice: { readonly remindedAt: Date | null; readonly unread: number; readonly isTelling: boolean },
  now: Date,
): Refusal | null {
  const no = (reason: string, zh: string, en: string): Refusal => ({
    ...{ code: 'NOT_PERMITTED', path: ['id'], reason },
    message: say(zh, en),
  });
  if (notice.isTelling)
    return no('TELLING', '通告还在逐批发出，请稍候', 'It is still being told, batch by batch; wait a moment');
  if (notice.unread === 0) return no('ALL_READ', '各单位均已阅', 'Everybody has read it');
  if (notice.remindedAt !== null && now.getTime() - notice.remindedAt.getTime() < REMIND_EVERY_MS)
    return no('REMINDED', '一小时内已催阅过', 'They were reminded within the hour');
  return null;
}
