import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CostDimension, CostSide } from '../../../graphql/enums';
import { FilterMark } from '../../../ui/FilterBar';
import { SideFilter } from '../../../ui/SideFilter';
import { useSeesProvincialCosts } from '../../../ui/viewer-context';
import { FIELD_OF } from './cost-words';

type Patch<D> = { by?: D; side?: CostSide; department?: ''; system?: ''; project?: ''; center?: '' };

type Props<D extends CostDimension> = {
  /** Of which months. */
  children: ReactNode;
  dimensions: readonly D[];
  by: D;
  side: CostSide;
  /** What a press narrowed the page to. */
  narrowedTo: readonly { dimension: CostDimension; name: string | null }[];
  onChange: (patch: Patch<D>) => void;
};

/** By which side the page is laid out, of whom, and what it is narrowed to: the same on every page about costs. */
export function CostFilters<D extends CostDimension>(props: Props<D>) {
  const { by, children, dimensions, narrowedTo, onChange, side } = props;
  const { t } = useTranslation();
  const seesProvince = useSeesProvincialCosts();
  return (
    <div className="jy-cost-controls">
      {children}
      <div className="jy-cost-control">
        <span>{t('cost.change.by')}</span>
        <Select
          className="jy-filter-select"
          aria-label={t('cost.change.by')}
          value={by}
          onChange={(next: D) => onChange({ by: next })}
          options={dimensions.map((value) => ({ value, label: t(`cost.dimensions.${value as CostDimension}`) }))}
        />
      </div>
      {seesProvince && <SideFilter value={side} onChange={(next) => onChange({ side: next })} />}
      {narrowedTo.map(({ dimension, name }) => (
        <FilterMark
          key={dimension}
          label={t(`cost.dimensions.${dimension}`)}
          name={name ?? '–'}
          onRemove={() => onChange({ [FIELD_OF[dimension as keyof typeof FIELD_OF]]: '' } as Patch<D>)}
        />
      ))}
    </div>
  );
}
