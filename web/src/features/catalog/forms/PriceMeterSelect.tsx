import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { ControlProps } from '../../../ui/forms/Field';
import { PriceMetersQuery } from '../services.gql';

const FREE = '';

/** Which price item a service is priced by; there is nothing to choose that finance has not opened. */
export function PriceMeterSelect({
  control,
  value,
  onChange,
}: {
  control: ControlProps;
  value: string | null;
  onChange: (meter: string | null) => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [{ data, fetching }] = useQuery({ query: PriceMetersQuery, variables: { search: search.trim() || null } });
  const items = data?.priceItems.nodes ?? [];
  const options = items.map(({ meter, name, unit, versions }) => {
    const price = versions.find(
      (version) => version.state === 'IN_FORCE' && version.architecture === null && version.center === null,
    );
    const cost = price
      ? t('serviceEditor.pricePer', { price: Number(price.unitPrice), unit })
      : t('serviceEditor.unpricedToday');
    return { value: meter, label: `${name} · ${meter} · ${cost}` };
  });
  if (value !== null && !options.some((option) => option.value === value)) options.unshift({ value, label: value });
  return (
    <Select
      {...control}
      className="jy-full"
      loading={fetching}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      notFoundContent={t('serviceEditor.noPriceItem')}
      value={value ?? FREE}
      onChange={(meter: string) => onChange(meter === FREE ? null : meter)}
      options={search.trim() ? options : [{ value: FREE, label: t('serviceEditor.free') }, ...options]}
    />
  );
}
