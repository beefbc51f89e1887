import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readFragment } from '../../../graphql/tada';
import { useDebounced } from '../../../lib/use-debounced';
import { Choose } from '../../../ui/forms/Choose';
import type { ControlProps } from '../../../ui/forms/Field';
import { SystemOption, SystemSearchQuery } from '../request-form.gql';
import type { ChosenSystem } from './request-draft';

const REST_MILLISECONDS = 250;

type Props = { control: ControlProps; value: ChosenSystem | null; onChoose: (system: ChosenSystem) => void };

/** Finds a system by name or catalogue number: a province has hundreds, so the server searches. */
export function SystemPicker({ control, value, onChoose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), REST_MILLISECONDS);
  const [{ data, fetching }] = useQuery({ query: SystemSearchQuery, variables: { search: search || null } });
  const found = readFragment(SystemOption, data?.systems.nodes ?? []);
  const listed = value && !found.some((system) => system.id === value.id) && !search ? [value, ...found] : found;
  const more = (data?.systems.totalCount ?? 0) - found.length;
  return (
    <Choose
      {...control}
      className="jy-full"
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={fetching}
      placeholder={t('requestForm.systemPlaceholder')}
      notFoundContent={fetching ? t('common.loading') : t('requestForm.systemNone')}
      value={value?.id}
      onChange={(id: string) => {
        const system = listed.find((candidate) => candidate.id === id);
        if (system) onChoose(system);
        setText('');
      }}
      options={listed.map((system) => ({
        value: system.id,
        label: (
          <span>
            {system.name} <span className="jy-quiet-text">{`${system.code} · ${system.department.name}`}</span>
          </span>
        ),
      }))}
      popupRender={(menu) => (
        <>
          {menu}
          {more > 0 && <p className="jy-select-more">{t('requestForm.systemMore', { more })}</p>}
        </>
      )}
    />
  );
}
