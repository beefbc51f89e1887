/** Decides who hears of the terms of servers, places and services, and in which words. */
import type { LineKind } from '../../allocation/domain/line-kind.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Audience, Notice, NoticeKind } from '../../kernel/notice.js';
import type { ReviewStage } from '../../resources/domain/review.js';

export interface LineToTell {
  readonly requestId: string;
  readonly requestCode: string;
  readonly departmentId: string;
  /** null = taken in: its department’s applicants are told instead. */
  readonly applicantId: string | null;
  readonly name: string;
  readonly kind: LineKind;
}

/** Whoever answers wishes beyond the rule and decides reclaim cases. */
const CENTER: Audience = {
  roles: [
    { role: 'CENTER_REVIEWER', departmentId: null },
    { role: 'CAPACITY_ALLOCATOR', departmentId: null },
  ],
};

export function lineEnds(line: LineToTell, until: string, left: number): Notice {
  return notice(
    line,
    'DEADLINE',
    ownersOf(line),
    left === 0
      ? say('今天到期，请办理延期或退还', 'ends today: extend it or give it back')
      : say(
          `将于 ${until} 到期（还有 ${left} 天），请办理延期或退还`,
          `ends on ${until} (${left} days left): extend it or give it back`,
        ),
  );
}

/** What people installed no clock switches off: they are told what is theirs to do, and from when it is taken. */
export function lineOver(line: LineToTell, leavesOn: string): Notice {
  const next =
    line.kind === 'SERVICE'
      ? say(`${leavesOn} 起停用并自动退还`, `from ${leavesOn} it is given back`)
      : say(
          `请停用并腾空；${leavesOn} 起空置的自动退还，未腾空的转闲置回收`,
          `stop using and empty it: from ${leavesOn} what is empty is given back, the rest becomes a reclaim case`,
        );
  return notice(line, 'DEADLINE', ownersOf(line), {
    zh: `使用期限已到，${next.zh}，可在此前延期`,
    en: `is past its term; ${next.en}, unless it is extended`,
  });
}

export function lineGivenBack(line: LineToTell): Notice {
  return notice(
    line,
    'WORK_MOVED',
    ownersOf(line),
    say('使用期限已过，已自动退还', 'is past its term and was given back by rule'),
  );
}

export function lineReviewDue(line: LineToTell, stage: Exclude<ReviewStage, 'NONE' | 'CASE'>, dueOn: string): Notice {
  const said: Readonly<Record<typeof stage, Bilingual>> = {
    OWNER: say(`请在 ${dueOn} 前完成年度复核`, `is to be reviewed by ${dueOn}`),
    HEAD: say(`年度复核已超期（${dueOn}），请督促办理`, `is overdue for its yearly review (${dueOn})`),
    CENTER: say(
      `年度复核超期未办（${dueOn}），将发起闲置回收`,
      `has not been reviewed (${dueOn}); a reclaim case follows`,
    ),
  };
  const audience = stage === 'CENTER' ? CENTER : ownersOf(line);
  return notice(line, stage === 'OWNER' ? 'WORK_WAITING' : 'DEADLINE', audience, said[stage]);
}

export function lineExtensionAsked(line: LineToTell, until: string | null): Notice {
  const wish =
    until === null ? say('转为长期使用', 'long-term use') : say(`延期至 ${until}`, `an extension to ${until}`);
  return notice(line, 'WORK_WAITING', CENTER, {
    zh: `申请${wish.zh}，待您审批`,
    en: `asks for ${wish.en}; it waits for you`,
  });
}

export function lineExtensionAnswered(line: LineToTell, askedById: string, granted: boolean): Notice {
  return notice(
    line,
    'WORK_MOVED',
    { userIds: [askedById] },
    granted
      ? say('的延期申请已批准', 'has been extended as asked')
      : say('的延期申请未获批准，请查看意见', 'is not extended; see the opinion'),
  );
}

/** Who asked for it, and the department's head. */
function ownersOf({ departmentId, applicantId }: LineToTell): Audience {
  const head = { role: 'DEPARTMENT_HEAD' as const, departmentId };
  return applicantId === null
    ? { roles: [head, { role: 'APPLICANT', departmentId }] }
    : { userIds: [applicantId], roles: [head] };
}

function notice(line: LineToTell, kind: NoticeKind, audience: Audience, { zh, en }: Bilingual): Notice {
  const name = `${line.requestCode} ${line.name}`;
  const text = { zh: `${name} ${zh}`, en: `${name} ${en}` };
  // Its page is the list of what is due: an intake is the center's own paper.
  const type = line.applicantId === null ? 'LineTerm' : 'Request';
  return { kind, subject: { type, id: line.requestId }, audience, text, onceKey: null };
}
