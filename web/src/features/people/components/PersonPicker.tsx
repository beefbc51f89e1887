import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import type { ControlProps } from '../../../ui/forms/Field';
import type { PersonOption } from '../people.gql';

type Person = ResultOf<typeof PersonOption>;
type Props = {
  control: ControlProps;
  people: readonly Person[];
  value: string | null;
  busy: boolean;
  placeholder: string;
  onSearch: (text: string) => void;
  onChoose: (id: string | null) => void;
};

/** Chooses a colleague by name; the server searches, because a province has thousands. */
export function PersonPicker({ control, people, value, busy, placeholder, onSearch, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <Select
      {...control}
      className="jy-full"
      allowClear
      showSearch={{ filterOption: false, onSearch }}
      loading={busy}
      placeholder={placeholder}
      notFoundContent={busy ? t('common.loading') : t('handOver.nobody')}
      value={value}
      onChange={(id: string | undefined) => {
        onChoose(id ?? null);
        onSearch('');
      }}
      options={people.map((person) => ({
        value: person.id,
        label: (
          <span>
            {person.displayName} <span className="jy-quiet-text">{person.department?.name ?? ''}</span>
          </span>
        ),
      }))}
    />
  );
}
