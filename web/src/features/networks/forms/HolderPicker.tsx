import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { AddressHolderKind } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { useDebounced } from '../../../lib/use-debounced';
import type { ControlProps } from '../../../ui/forms/Field';
import { HolderChoicesQuery } from '../networks.gql';

const REST_MILLISECONDS = 250;

export type ChosenHolder = { id: string; name: string; detail: string };
type Props = {
  control: ControlProps;
  kind: AddressHolderKind;
  value: ChosenHolder | null;
  onChoose: (holder: ChosenHolder) => void;
};

/** Finds a system, a server or a machine by what is written on it: there are thousands, so the server searches. */
export function HolderPicker({ control, kind, value, onChoose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), REST_MILLISECONDS);
  const [{ data, fetching }] = useQuery({
    query: HolderChoicesQuery,
    variables: {
      search: search || null,
      systems: kind === 'System',
      servers: kind === 'Server',
      resources: kind === 'Resource',
    },
  });
  const { found, total } = choicesOf(data, kind);
  const listed = value && !search && !found.some(({ id }) => id === value.id) ? [value, ...found] : found;
  return (
    <Select
      {...control}
      className="jy-full"
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={fetching}
      placeholder={t(`network.holderSearch.${kind}`)}
      notFoundContent={fetching ? t('common.loading') : t('filter.nothingFound')}
      value={value?.id}
      onChange={(id: string) => {
        const holder = listed.find((each) => each.id === id);
        if (holder) onChoose(holder);
        setText('');
      }}
      options={listed.map((holder) => ({
        value: holder.id,
        label: (
          <span>
            {holder.name} <span className="jy-quiet-text">{holder.detail}</span>
          </span>
        ),
      }))}
      popupRender={(menu) => (
        <>
          {menu}
          {total > found.length && (
            <p className="jy-select-more">{t('network.holderMore', { more: total - found.length })}</p>
          )}
        </>
      )}
    />
  );
}

type Choices = { found: ChosenHolder[]; total: number };

const detail = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' · ');

function choicesOf(data: ResultOf<typeof HolderChoicesQuery> | undefined, kind: AddressHolderKind): Choices {
  const named = (each: { id: string; code: string; name: string; department: { name: string } }): ChosenHolder => {
    return { id: each.id, name: each.name, detail: detail(each.code, each.department.name) };
  };
  switch (kind) {
    case 'System':
      return { found: (data?.systems?.nodes ?? []).map(named), total: data?.systems?.totalCount ?? 0 };
    case 'Resource':
      return { found: (data?.resources?.nodes ?? []).map(named), total: data?.resources?.totalCount ?? 0 };
    case 'Server': {
      const found = (data?.servers?.nodes ?? []).map(({ id, assetNumber, serial, department }): ChosenHolder => {
        return { id, name: assetNumber, detail: detail(serial, department?.name) };
      });
      return { found, total: data?.servers?.totalCount ?? 0 };
    }
  }
}
