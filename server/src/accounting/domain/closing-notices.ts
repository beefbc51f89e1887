/** Decides who hears of a close, and in which words. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Notice, RoleAudience } from '../../kernel/notice.js';
import type { Month } from './accounting-units.js';
import { type Book, type ClosedKind, type ClosingState, PROVINCE_BOOK } from './closing.js';

interface Told {
  readonly id: string;
  readonly book: Book;
  readonly kind: ClosedKind;
  readonly ofMonth: Month;
  readonly requestedById: string;
  readonly requestedByName: string;
}

export function waitsForApproval(closing: Told, bookName: string | null): Notice {
  const { zh, en } = titleOf(closing, bookName);
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'Closing', id: closing.id },
    audience: { roles: [financeOf(closing.book)], except: [closing.requestedById] },
    text: say(
      `${zh}待审批，${closing.requestedByName}提出`,
      `${en} waits for approval, asked for by ${closing.requestedByName}`,
    ),
    onceKey: null,
  };
}

const DONE: { readonly [S in ClosingState]?: Bilingual } = {
  RETURNED: say('被退回，请查看意见', 'was returned; see the opinion'),
  STOPPED: say(
    '未完成：批准后核算数据有变化，请重新申请',
    'was not done: the figures moved after the approval; ask again',
  ),
  CLOSED: say('已完成并封存', 'is done and sealed'),
};

/** Whoever asked, and the other people of finance who may have waited for it. */
export function closingMoved(closing: Told & { readonly state: ClosingState }, bookName: string | null): Notice[] {
  const said = DONE[closing.state];
  if (!said) return [];
  const { zh, en } = titleOf(closing, bookName);
  return [
    {
      kind: 'WORK_MOVED',
      subject: { type: 'Closing', id: closing.id },
      audience:
        closing.state === 'CLOSED' ? { roles: [financeOf(closing.book)] } : { userIds: [closing.requestedById] },
      text: say(`${zh}${said.zh}`, `${en} ${said.en}`),
      onceKey: null,
    },
  ];
}

export function financeOf(book: Book): RoleAudience {
  return book === PROVINCE_BOOK
    ? { role: 'FINANCE', departmentId: null }
    : { role: 'CITY_FINANCE', departmentId: book };
}

function titleOf({ kind, ofMonth }: Told, bookName: string | null): Bilingual {
  return kind === 'STATEMENT'
    ? say(`${bookName ?? '省级'} ${ofMonth} 结账`, `Closing ${ofMonth} of ${bookName ?? 'the province'}`)
    : say(`${bookName ?? '省级'} ${ofMonth} 冲销`, `Reversing ${ofMonth} of ${bookName ?? 'the province'}`);
}
