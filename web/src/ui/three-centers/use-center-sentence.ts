import { useTranslation } from 'react-i18next';
import { count } from '../../lib/quantity';
import { type CenterFacts, meterOf, tellsFigures } from './capacity';

/** A center in one sentence, as a screen reader says it. */
export function useCenterSentence(center: CenterFacts, letter: string, planned: readonly string[] | null): string {
  const { t } = useTranslation();
  const vcpu = meterOf(center.pools, 'VCPU');
  const memory = meterOf(center.pools, 'MEMORY_MIB');
  const words = {
    letter,
    name: center.name,
    role: t(`center.role.${center.role}`),
    life: t(`center.life.${center.life}`),
    reach: t(`center.reach.${center.cluster?.reach ?? 'UNKNOWN'}`),
  };
  const figures = {
    freeVcpu: count(vcpu.free),
    totalVcpu: count(vcpu.total),
    freeMemory: count(memory.free / 1024),
    totalMemory: count(memory.total / 1024),
  };
  const sentence = tellsFigures(center.pools)
    ? t('center.sentence', { ...words, ...figures })
    : t('center.sentenceNoFigures', words);
  return planned ? `${sentence} ${planned.length > 0 ? planned.join('; ') : t('center.plannedNone')}` : sentence;
}
