import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

type Props = { months: readonly string[]; value: string; onChange: (month: string) => void };

/** A month that is accounted for; the one in the address is offered even when it is not. */
export function MonthSelect({ months, value, onChange }: Props) {
  const { t } = useTranslation();
  const offered = [...new Set([value, ...months])].toSorted().toReversed();
  return (
    <Select
      className="jy-filter-select"
      aria-label={t('statement.month')}
      value={value}
      onChange={onChange}
      options={offered.map((month) => ({ value: month, label: month }))}
    />
  );
}
