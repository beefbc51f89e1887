/** Decides who hears of terms and reviews, and in which words. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { calendarDate } from '../../kernel/calendar.js';
import type { Audience, Notice, NoticeKind } from '../../kernel/notice.js';
import type { ReviewStage } from '../../resources/domain/review.js';

export interface ResourceToTell {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
}

/** Who asked for it, where that is known, and the department's head; without an owner, the department's applicants. */
export function ownersOf({ departmentId }: ResourceToTell, ownerId: string | null): Audience {
  const head = { role: 'DEPARTMENT_HEAD' as const, departmentId };
  if (ownerId !== null) return { userIds: [ownerId], roles: [head] };
  return { roles: [head, { role: 'APPLICANT', departmentId }] };
}

/** Whoever opens and decides reclaim cases. */
const CENTER: Audience = {
  roles: [
    { role: 'CENTER_REVIEWER', departmentId: null },
    { role: 'CAPACITY_ALLOCATOR', departmentId: null },
  ],
};

export function termEnds(resource: ResourceToTell, ownerId: string | null, until: string, left: number): Notice {
  return notice(
    resource,
    'DEADLINE',
    ownersOf(resource, ownerId),
    named(resource, {
      zh: left === 0 ? `今天到期，次日零时停机` : `将于 ${until} 到期（还有 ${left} 天），到期后停机`,
      en:
        left === 0
          ? `ends today and is stopped at midnight`
          : `ends on ${until} (${left} days left) and is then stopped`,
    }),
  );
}

export function termOver(resource: ResourceToTell, ownerId: string | null, binsOn: string | null): Notice {
  return notice(
    resource,
    'DEADLINE',
    ownersOf(resource, ownerId),
    named(resource, {
      zh: binsOn === null ? '期限已到，请自行停用' : `期限已到，已停机；${binsOn} 起放入回收站，可在此前延期`,
      en:
        binsOn === null
          ? 'is past its term; stop it where it runs'
          : `is past its term and stopped; from ${binsOn} it lies in the bin unless it is extended`,
    }),
  );
}

export function termIntoBin(resource: ResourceToTell, ownerId: string | null, until: Date): Notice {
  return notice(
    resource,
    'WORK_MOVED',
    ownersOf(resource, ownerId),
    named(resource, {
      zh: `期限已过，已放入回收站，保留至 ${calendarDate(until)}`,
      en: `is past its term and lies in the bin until ${calendarDate(until)}`,
    }),
  );
}

/** CASE is told by the case itself. */
export function reviewDue(
  resource: ResourceToTell,
  ownerId: string | null,
  stage: Exclude<ReviewStage, 'NONE' | 'CASE'>,
  dueOn: string,
): Notice {
  const said: Readonly<Record<typeof stage, Bilingual>> = {
    OWNER: say(`请在 ${dueOn} 前完成年度复核`, `is to be reviewed by ${dueOn}`),
    HEAD: say(`年度复核已超期（${dueOn}），请督促办理`, `is overdue for its yearly review (${dueOn})`),
    CENTER: say(
      `年度复核超期未办（${dueOn}），将发起闲置回收`,
      `has not been reviewed (${dueOn}); a reclaim case follows`,
    ),
  };
  const audience = stage === 'CENTER' ? CENTER : ownersOf(resource, ownerId);
  return notice(resource, stage === 'OWNER' ? 'WORK_WAITING' : 'DEADLINE', audience, named(resource, said[stage]));
}

export function extensionAsked(resource: ResourceToTell, until: string | null): Notice {
  const wish =
    until === null ? say('转为长期使用', 'long-term use') : say(`延期至 ${until}`, `an extension to ${until}`);
  return notice(
    resource,
    'WORK_WAITING',
    CENTER,
    named(resource, {
      zh: `申请${wish.zh}，待您审批`,
      en: `asks for ${wish.en}; it waits for you`,
    }),
  );
}

export function extensionAnswered(resource: ResourceToTell, askedById: string, granted: boolean): Notice {
  return notice(
    resource,
    'WORK_MOVED',
    { userIds: [askedById] },
    named(resource, {
      zh: granted ? '的延期申请已批准' : '的延期申请未获批准，请查看意见',
      en: granted ? 'has been extended as asked' : 'is not extended; see the opinion',
    }),
  );
}

function named(resource: ResourceToTell, { zh, en }: Bilingual): Bilingual {
  return { zh: `${resource.code} ${resource.name} ${zh}`, en: `${resource.code} ${resource.name} ${en}` };
}

function notice(resource: ResourceToTell, kind: NoticeKind, audience: Audience, text: Bilingual): Notice {
  return { kind, subject: { type: 'Resource', id: resource.id }, audience, text, onceKey: null };
}
