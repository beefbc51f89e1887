import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';

const KNOWN = ['VCPU', 'MEMORY_MIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD'] as const;
const ACCELERATOR = 'ACCELERATOR:';

/** A counter's meter in words, and its amount in the unit that the word names. */
export function useMeterWords() {
  const { t } = useTranslation();
  const word = (meter: string): string => {
    const known = KNOWN.find((name) => name === meter);
    return known ? t(`capacity.meters.${known}`) : meter.replace(ACCELERATOR, '');
  };
  const amount = (meter: string, value: number): string => count(meter === 'MEMORY_MIB' ? value / 1024 : value);
  return { word, amount };
}
