import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

type Props = {
  /** Left out = it is the month that is accounted for. */
  label?: string;
  months: readonly string[];
  value: string;
  onChange: (month: string) => void;
};

/** A month that is accounted for; the one in the address is offered even when it is not. */
export function MonthSelect({ label, months, value, onChange }: Props) {
  const { t } = useTranslation();
  const offered = [...new Set([value, ...months])].toSorted().toReversed();
  return (
    <Select
      className="jy-filter-select"
      aria-label={label ?? t('statement.month')}
      value={value}
      onChange={onChange}
      options={offered.map((month) => ({ value: month, label: month }))}
    />
  );
}
