import { useTranslation } from 'react-i18next';
import { unitRange } from '../../../lib/quantity';

export type Spot = {
  startUnit: number | null;
  heightUnits: number;
  cabinet: { id: string; code: string } | null;
};

/** "A1-A05 U20–21" */
export function useSpotWords() {
  const { t } = useTranslation();
  const units = ({ startUnit, heightUnits }: Spot): string =>
    startUnit === null ? '' : unitRange(startUnit, heightUnits);
  const at = (spot: Spot): string => `${spot.cabinet?.code ?? t('space.elsewhere')} ${units(spot)}`.trim();
  return { at, units };
}
