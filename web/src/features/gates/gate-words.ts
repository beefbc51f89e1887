import type { TFunction } from 'i18next';
import type { GateCheck } from '../../graphql/enums';
import type { ResultOf } from '../../graphql/tada';
import type { GateEditionParts, GatesPageQuery } from './gates.gql';

export type Edition = ResultOf<typeof GateEditionParts>;
export type Rule = Edition['rules'][number];
export type Product = Edition['products'][number];
export type Condition = Rule['condition'];
export type Meaning = ResultOf<typeof GatesPageQuery>['gateChecks'][number];

/** What a rule is for, in words; nothing said = every request. */
export function conditionWords(t: TFunction, condition: Condition): string {
  const { kinds, zones, protectionLevels, localModes, remoteModes, departmentLevels, departmentIds } = condition;
  const list = (words: string[] | undefined): string[] => (words ? [words.join(t('common.comma'))] : []);
  const parts = [
    ...list(kinds?.map((kind) => t(`chains.kind.${kind}`))),
    ...list(zones?.map((zone) => t(`zone.${zone}`))),
    ...list(protectionLevels?.map((level) => t('gates.levelText', { level }))),
    ...list(localModes?.map((mode) => t(`localMode.${mode}`))),
    ...list(remoteModes?.map((mode) => t(`remoteMode.${mode}`))),
    ...list(departmentLevels?.map((level) => t(`chains.level.${level}`))),
    ...(departmentIds ? [t('gates.departmentCount', { count: departmentIds.length })] : []),
  ];
  return parts.length === 0 ? t('gates.everything') : parts.join(' · ');
}

/** What a rule looks at, with its number where it counts something. */
export function checkWords(t: TFunction, { check, parameter }: Pick<Rule, 'check' | 'parameter'>): string {
  return t(`gates.checks.${check}`, { number: parameter ?? 'N' });
}

export const meaningOf = (check: GateCheck, meanings: readonly Meaning[]): Meaning | undefined =>
  meanings.find((meaning) => meaning.check === check);
