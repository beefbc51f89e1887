/** Decides who hears of a plan on its way, and in which words. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Audience, Notice, NoticeKind, RoleAudience } from '../../kernel/notice.js';
import type { PlanKind, PlanState } from './plan-state.js';

export interface PlanToTell {
  readonly id: string;
  readonly code: string;
  readonly kind: PlanKind;
  readonly year: number;
  readonly departmentId: string;
  readonly departmentName: string;
  readonly authorIds: readonly string[];
  readonly signerIds: readonly string[];
}

const TITLES: { readonly [S in PlanState]?: Bilingual } = {
  AWAITING_SIGN_OFF: say('单位负责人审签', "the head's sign-off"),
  CITY_REVIEW: say('市级初审', "the city's review"),
  CENTER_REVIEW: say('大数据中心审核', "the center's review"),
  AWAITING_APPROVAL: say('云主管部门审定', "the cloud authority's decision"),
};

/** To whoever may act next; null = it stands with nobody else. */
export function planWaits(plan: PlanToTell, state: PlanState, cityId: string | null): Notice | null {
  const [title, role] = [TITLES[state], roleOf(state, plan.departmentId, cityId)];
  if (!title || !role) return null;
  return notice(
    plan,
    'WORK_WAITING',
    { roles: [role], except: [...plan.authorIds, ...plan.signerIds] },
    {
      zh: `${nameOf(plan).zh} 待您办理：${title.zh}`,
      en: `${nameOf(plan).en} waits for you: ${title.en}`,
    },
  );
}

const MOVED: { readonly [S in PlanState]?: (name: Bilingual) => Bilingual } = {
  RETURNED: (name) => say(`${name.zh} 被退回，请查看意见`, `${name.en} was returned; see the opinion`),
  REJECTED: (name) => say(`${name.zh} 未获批准，请查看意见`, `${name.en} was rejected; see the opinion`),
  APPROVED: (name) => say(`${name.zh} 已批准`, `${name.en} is approved`),
};

/** What became of it, to those who wrote it. */
export function planMoved(plan: PlanToTell, state: PlanState): Notice | null {
  const words = MOVED[state];
  return words ? notice(plan, 'WORK_MOVED', { userIds: plan.authorIds }, words(nameOf(plan))) : null;
}

/** Its year has begun, and its quotas cannot be set as they are. Once a day. */
export function quotasRefused(plan: PlanToTell, why: Bilingual, day: string): Notice {
  const name = nameOf(plan);
  return {
    ...notice(
      plan,
      'DEADLINE',
      { roles: [{ role: 'CENTER_REVIEWER', departmentId: null }] },
      {
        zh: `${name.zh} 的定额未能落实：${why.zh}`,
        en: `The quotas of ${name.en} could not be set: ${why.en}`,
      },
    ),
    onceKey: `plan-quotas ${plan.id} ${day}`,
  };
}

function roleOf(state: PlanState, departmentId: string, cityId: string | null): RoleAudience | null {
  if (state === 'AWAITING_SIGN_OFF') return { role: 'DEPARTMENT_HEAD', departmentId };
  if (state === 'CITY_REVIEW') return { role: 'CITY_ADMINISTRATOR', departmentId: cityId };
  if (state === 'CENTER_REVIEW') return { role: 'CENTER_REVIEWER', departmentId: null };
  return state === 'AWAITING_APPROVAL' ? { role: 'CLOUD_AUTHORITY', departmentId: null } : null;
}

function nameOf({ kind, year, departmentName, code }: PlanToTell): Bilingual {
  return kind === 'ANNUAL'
    ? say(`${departmentName}${year} 年用云计划 ${code}`, `The cloud plan ${code} of ${departmentName} for ${year}`)
    : say(`${departmentName}${year} 年用云计划追加 ${code}`, `The addition ${code} of ${departmentName} for ${year}`);
}

function notice(plan: PlanToTell, kind: NoticeKind, audience: Audience, text: Bilingual): Notice {
  return { kind, subject: { type: 'Plan', id: plan.id }, audience, text, onceKey: null };
}
