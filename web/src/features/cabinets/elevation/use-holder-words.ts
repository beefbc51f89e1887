import { useTranslation } from 'react-i18next';
import { unitRange } from '../../../lib/quantity';
import type { RackHolder } from './arrangement';

/** The same words for a thing in the grid, on the picture and in the panel. */
export function useHolderWords() {
  const { t } = useTranslation();
  const name = (holder: RackHolder): string =>
    holder.foreign && holder.state !== 'BLOCKED'
      ? t('cabinet.foreign')
      : holder.state === 'BLOCKED'
        ? (holder.reason ?? holder.label ?? t('cabinet.state.BLOCKED'))
        : (holder.label ?? t(`cabinet.state.${holder.state}`));
  const place = (holder: RackHolder): string =>
    holder.startUnit === null ? t('cabinet.besideUnits') : unitRange(holder.startUnit, holder.heightUnits);
  /** "web-3, 2U, U12–13, occupied, full depth" */
  const inShort = (holder: RackHolder): string =>
    [
      name(holder),
      `${holder.heightUnits}U`,
      place(holder),
      ...(holder.foreign ? [] : [t(`cabinet.state.${holder.state}`)]),
      ...(holder.face === 'BOTH' ? [t('cabinet.face.BOTH')] : []),
    ].join(t('common.comma'));
  return { name, place, inShort };
}
