import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CostBasis, CostDimension, CostSide } from '../../../graphql/enums';
import { ChipFilter, FilterMark } from '../../../ui/FilterBar';
import { MonthSelect } from '../../../ui/MonthSelect';
import { SideFilter } from '../../../ui/SideFilter';
import { DIMENSIONS } from './cost-words';

export type Choice = {
  rows: CostDimension;
  columns: CostDimension | 'TOTAL';
  from: string;
  to: string;
  basis: CostBasis;
  side: CostSide;
};

/** What a link or a press narrowed the table to. */
export type Narrowed = { field: string; label: string; name: string };

type Props = {
  choice: Choice;
  months: readonly string[];
  seesProvince: boolean;
  onlyDr: boolean;
  narrowed: readonly Narrowed[];
  onChange: (patch: Partial<Choice> & { dr?: '' | '1' }) => void;
  onWiden: (field: string) => void;
};

/** By which sides and of which months. What cannot be chosen together is not offered. */
export function CostControls({ choice, months, seesProvince, onlyDr, narrowed, onChange, onWiden }: Props) {
  const { t } = useTranslation();
  const words = (some: readonly CostDimension[]) =>
    some.map((value) => ({ value, label: t(`cost.dimensions.${value}`) }));
  return (
    <div className="jy-cost-controls">
      <div className="jy-cost-control">
        <span>{t('cost.rows')}</span>
        <Select
          className="jy-filter-select"
          aria-label={t('cost.rows')}
          value={choice.rows}
          onChange={(rows) => onChange({ rows, ...(rows === choice.columns ? { columns: 'TOTAL' } : {}) })}
          options={words(DIMENSIONS)}
        />
      </div>
      <div className="jy-cost-control">
        <span>{t('cost.columns')}</span>
        <Select
          className="jy-filter-select"
          aria-label={t('cost.columns')}
          value={choice.columns}
          onChange={(columns) => onChange({ columns })}
          options={[
            ...words(DIMENSIONS.filter((dimension) => dimension !== choice.rows)),
            { value: 'TOTAL' as const, label: t('cost.onlyTotal') },
          ]}
        />
      </div>
      <div className="jy-cost-control">
        <span>{t('cost.span')}</span>
        <MonthSelect
          label={t('cost.from')}
          months={months}
          value={choice.from}
          onChange={(from) => onChange({ from, ...(from > choice.to ? { to: from } : {}) })}
        />
        <span aria-hidden>–</span>
        <MonthSelect
          label={t('cost.to')}
          months={months}
          value={choice.to}
          onChange={(to) => onChange({ to, ...(to < choice.from ? { from: to } : {}) })}
        />
      </div>
      <ChipFilter
        label={t('cost.basis')}
        options={[{ value: 'USED' as const, text: t('cost.bases.USED') }]}
        value={choice.basis === 'USED' ? ['USED'] : []}
        onChange={(chosen) => onChange({ basis: chosen.length > 0 ? 'USED' : 'CHARGED' })}
      />
      <ChipFilter
        label={t('cost.dr')}
        options={[{ value: '1' as const, text: t('cost.onlyDr') }]}
        value={onlyDr ? ['1'] : []}
        onChange={(chosen) => onChange({ dr: chosen.length > 0 ? '1' : '' })}
      />
      {seesProvince && <SideFilter value={choice.side} onChange={(side) => onChange({ side })} />}
      {narrowed.map(({ field, label, name }) => (
        <FilterMark key={field} label={label} name={name} onRemove={() => onWiden(field)} />
      ))}
    </div>
  );
}
