import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Audience, Notice, NoticeKind } from '../kernel/notice.js';
import type { SheetRow } from './documents.types.js';

type News = 'OPENED' | 'REMINDED' | 'OBJECTED' | 'ANSWERED' | 'BY_RULE';

const NEWS: {
  readonly [N in News]: {
    readonly kind: NoticeKind;
    readonly hears: 'DEPARTMENT' | 'CENTER';
    readonly text: (code: string) => Bilingual;
  };
} = {
  OPENED: {
    kind: 'WORK_WAITING',
    hears: 'DEPARTMENT',
    text: (code) =>
      say(
        `申请单 ${code} 已开通，请领取初始口令并确认`,
        `Request ${code} is delivered: take the first passwords and confirm`,
      ),
  },
  REMINDED: {
    kind: 'DEADLINE',
    hears: 'DEPARTMENT',
    text: (code) =>
      say(
        `申请单 ${code} 的开通确认单即将默认确认，如有异议请提出`,
        `The delivery of ${code} is confirmed by rule soon; object now if something is wrong`,
      ),
  },
  OBJECTED: {
    kind: 'WORK_WAITING',
    hears: 'CENTER',
    text: (code) =>
      say(
        `使用单位对申请单 ${code} 的开通提出异议，请处理并答复`,
        `The department objects to what was delivered of ${code}: put it right and answer`,
      ),
  },
  ANSWERED: {
    kind: 'WORK_MOVED',
    hears: 'DEPARTMENT',
    text: (code) =>
      say(`申请单 ${code} 的异议已答复，请重新确认`, `Your objections to ${code} are answered; please confirm`),
  },
  BY_RULE: {
    kind: 'WORK_MOVED',
    hears: 'DEPARTMENT',
    text: (code) => say(`申请单 ${code} 的开通已按规则默认确认`, `The delivery of ${code} was confirmed by rule`),
  },
};

/** Who hears of a delivery sheet, about its request. */
export function deliveryNotice(news: News, sheet: SheetRow): Notice {
  const { kind, hears, text } = NEWS[news];
  const audience: Audience =
    hears === 'CENTER'
      ? { roles: [{ role: 'CAPACITY_ALLOCATOR', departmentId: null }] }
      : { userIds: [sheet.applicantId], roles: [{ role: 'DEPARTMENT_HEAD', departmentId: sheet.departmentId }] };
  return {
    kind,
    subject: { type: 'Request', id: sheet.requestId },
    audience,
    text: text(sheet.requestCode),
    onceKey: null,
  };
}
