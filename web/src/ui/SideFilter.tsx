import { useTranslation } from 'react-i18next';
import type { CostSide } from '../graphql/enums';
import { ChipFilter } from './FilterBar';

export const COST_SIDES: readonly CostSide[] = ['PROVINCE', 'CITIES'];

type Props = { value: CostSide; onChange: (side: CostSide) => void };

/** The province's own departments, or the cities' beside them: never both in one sum. */
export function SideFilter({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <ChipFilter
      label={t('statement.side')}
      options={[{ value: 'CITIES' as const, text: t('statement.sides.CITIES') }]}
      value={value === 'CITIES' ? ['CITIES'] : []}
      onChange={(chosen) => onChange(chosen.length > 0 ? 'CITIES' : 'PROVINCE')}
    />
  );
}
