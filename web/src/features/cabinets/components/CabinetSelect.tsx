import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useDebounced } from '../../../lib/use-debounced';
import type { ControlProps } from '../../../ui/forms/Field';
import { CabinetChoicesQuery } from '../cabinets.gql';

/** A pause in typing. */
const SEARCH_AFTER_MS = 250;

export type ChosenCabinet = { id: string; code: string };

type Props = {
  control: ControlProps;
  centerId: string;
  /** In one piece. */
  minimumFreeUnits: number;
  value: ChosenCabinet | null;
  onChange: (cabinet: ChosenCabinet) => void;
};

/** One cabinet of a center that has the room, found by its code. */
export function CabinetSelect({ control, centerId, minimumFreeUnits, value, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), SEARCH_AFTER_MS);
  const [{ data, fetching }] = useQuery({
    query: CabinetChoicesQuery,
    variables: { filter: { centerId, search: search || null, statuses: ['IN_SERVICE'], minimumFreeUnits } },
  });
  const found = data?.cabinets.nodes ?? [];
  return (
    <Select
      {...control}
      className="jy-full"
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={fetching}
      notFoundContent={t('space.noCabinet')}
      value={value?.id}
      onChange={(id: string) => {
        const chosen = found.find((cabinet) => cabinet.id === id);
        setText('');
        if (chosen) onChange({ id, code: chosen.code });
      }}
      options={[
        ...(value && !found.some(({ id }) => id === value.id) ? [{ value: value.id, label: value.code }] : []),
        ...found.map(({ id, code, room, longestFreeRunUnits }) => ({
          value: id,
          label: [
            code,
            room.name,
            // Not for everyone: a city is told whether it fits by whoever looks after the place.
            ...(longestFreeRunUnits === null ? [] : [t('cabinet.freeUnits', { units: longestFreeRunUnits })]),
          ].join(' · '),
        })),
      ]}
    />
  );
}
