import type { TFunction } from 'i18next';
import type { ApprovalRole } from '../../graphql/enums';
import type { ResultOf } from '../../graphql/tada';
import { yuanOfFen } from '../../lib/money';
import type { ChainEditionParts } from './approvals.gql';

export type Edition = ResultOf<typeof ChainEditionParts>;
export type Rule = Edition['rules'][number];
export type Condition = Rule['condition'];
export type Chain = Edition['chains'][number];
export type Step = Chain['steps'][number];

export const ROLES: readonly ApprovalRole[] = [
  'DEPARTMENT_HEAD',
  'CITY_ADMINISTRATOR',
  'CENTER_ACCEPTANCE',
  'CENTER_REVIEWER',
  'CAPACITY_ALLOCATOR',
  'CLOUD_AUTHORITY',
  'LEADER',
];

/** Whose requests a role decides: the server's own rule, said in words. */
export function scopeOf(role: ApprovalRole): 'OWN_DEPARTMENT' | 'OWN_CITY' | 'PROVINCE' {
  if (role === 'DEPARTMENT_HEAD') return 'OWN_DEPARTMENT';
  return role === 'CITY_ADMINISTRATOR' ? 'OWN_CITY' : 'PROVINCE';
}

/** All parts that must hold; none = everything. */
export function conditionWords(t: TFunction, condition: Condition): string {
  const { kinds, monthlyFrom, monthlyBelow, localModes, remoteModes, departmentLevels, departmentIds, insidePlan } =
    condition;
  const { exceptPoor } = condition;
  const parts = [
    insidePlan ? t('chains.text.insidePlan') : '',
    exceptPoor ? t('chains.text.exceptPoor') : '',
    monthlyFrom ? t('chains.text.from', { yuan: yuanOfFen(monthlyFrom) }) : '',
    monthlyBelow ? t('chains.text.below', { yuan: yuanOfFen(monthlyBelow) }) : '',
    kinds ? t('chains.text.kinds', { kinds: kinds.map((kind) => t(`chains.kind.${kind}`)).join(t('chain.or')) }) : '',
    localModes ? localModes.map((mode) => t(`localMode.${mode}`)).join(t('chain.or')) : '',
    remoteModes ? remoteModes.map((mode) => t(`remoteMode.${mode}`)).join(t('chain.or')) : '',
    departmentLevels ? departmentLevels.map((level) => t(`chains.level.${level}`)).join(t('chain.or')) : '',
    departmentIds ? t('chains.text.departments', { total: departmentIds.length }) : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(' · ') : t('chains.always');
}

export function stepWords(t: TFunction, step: Step): string {
  const roles = step.roles.map((role) => t(`role.${role}`)).join(t('chain.or'));
  return [
    roles,
    step.mode === 'ALL' ? `${t('chains.modes.ALL')} × ${step.roles.length * step.count}` : '',
    step.roles.includes('CITY_ADMINISTRATOR') ? t('chains.cityOnly') : '',
    t('chains.days', { days: step.deadlineWorkingDays }),
    step.holdsCapacity ? t('chains.holds') : '',
    step.needsFile ? t('chains.needsFile') : '',
    step.needsSeal ? t('chains.needsSeal') : '',
    `${t('chains.escalatesTo')} ${t(`role.${step.escalatesTo}`)}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Where in an edition a problem lies: "chains.1.steps.2.roles" is chain 2, step 3. */
export function placeWords(t: TFunction, path: readonly string[]): string {
  const [part, index, inner, innerIndex] = path;
  const number = (text: string | undefined) => Number(text ?? 0) + 1;
  if (part === 'rules' && index !== undefined) return t('chains.atRule', { number: number(index) });
  if (part !== 'chains' || index === undefined) return t('chains.draft');
  const chain = t('chains.atChain', { number: number(index) });
  return inner === 'steps' && innerIndex !== undefined
    ? `${chain} ${t('chains.atStep', { number: number(innerIndex) })}`
    : chain;
}

/** How a draft's part stands to what is in force. */
export type Difference = 'same' | 'changed' | 'added';

export function differenceOf(part: unknown, inForce: unknown): Difference {
  if (inForce === undefined) return 'added';
  return JSON.stringify(part) === JSON.stringify(inForce) ? 'same' : 'changed';
}
