import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readFragment } from '../../../graphql/tada';
import { useDebounced } from '../../../lib/use-debounced';
import type { ControlProps } from '../../../ui/forms/Field';
import { DepartmentOption, DepartmentSearchQuery } from '../people.gql';

const REST_MILLISECONDS = 250;

export type ChosenDepartment = { id: string; name: string; code: string };
type Props = {
  control: ControlProps;
  value: ChosenDepartment | null;
  onChoose: (department: ChosenDepartment | null) => void;
};

/** Finds a department by name or code; there are too many for a list. */
export function DepartmentPicker({ control, value, onChoose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), REST_MILLISECONDS);
  const [{ data, fetching }] = useQuery({ query: DepartmentSearchQuery, variables: { search: search || null } });
  const found = readFragment(DepartmentOption, data?.departments.nodes ?? []);
  const listed = value && !found.some(({ id }) => id === value.id) && !search ? [value, ...found] : found;
  return (
    <Select
      {...control}
      className="jy-full"
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={fetching}
      placeholder={t('people.departmentPlaceholder')}
      notFoundContent={fetching ? t('common.loading') : t('people.departmentNone')}
      value={value?.id}
      onChange={(id: string | undefined) => {
        onChoose(listed.find((department) => department.id === id) ?? null);
        setText('');
      }}
      options={listed.map((department) => ({
        value: department.id,
        label: (
          <span>
            {department.name} <span className="jy-quiet-text">{department.code}</span>
          </span>
        ),
      }))}
    />
  );
}
