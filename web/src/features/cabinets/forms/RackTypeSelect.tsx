import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useDebounced } from '../../../lib/use-debounced';
import { Choose } from '../../../ui/forms/Choose';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { RackTypeChoicesQuery } from '../rooms.gql';
import { type FrameDraft, frameOfType, nameOfRackType } from './cabinet-draft';

/** A pause in typing. */
const SEARCH_AFTER_MS = 250;

type Props = { rackType: string; errors: readonly FormError[]; change: (patch: Partial<FrameDraft>) => void };

/** A frame of the trade, found by maker or model; choosing it fills in what its maker says. */
export function RackTypeSelect({ rackType, errors, change }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), SEARCH_AFTER_MS);
  const [{ data, fetching }] = useQuery({ query: RackTypeChoicesQuery, variables: { search: search || null } });
  const types = data?.rackTypes.nodes ?? [];
  const known = types.find((type) => nameOfRackType(type) === rackType);
  const options = [
    ...(text.trim() === '' ? [{ value: '', label: t('space.rackTypeNone') }] : []),
    // One that came with an import, or that the text does not find.
    ...(rackType !== '' && !known ? [{ value: rackType, label: rackType }] : []),
    ...types.map((type) => ({ value: type.id, label: `${nameOfRackType(type)} · ${type.heightUnits}U` })),
  ];
  return (
    <Field field="rackType" label={t('space.rackType')} hint={t('space.rackTypeHint')} errors={errors} optional>
      {(control) => (
        <Choose
          {...control}
          className="jy-full"
          showSearch={{ filterOption: false, onSearch: setText }}
          loading={fetching}
          value={known?.id ?? rackType}
          onChange={(value: string) => {
            setText('');
            const type = types.find(({ id }) => id === value);
            change(type ? frameOfType(type) : { rackType: value });
          }}
          options={options}
        />
      )}
    </Field>
  );
}
