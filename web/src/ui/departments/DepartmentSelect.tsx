import { Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useDebounced } from '../../lib/use-debounced';
import type { ControlProps } from '../forms/Field';
import { DepartmentChoicesQuery, DepartmentNameQuery } from './departments.gql';

/** A pause in typing. */
const SEARCH_AFTER_MS = 250;

type Props = {
  /** Empty = none. */
  value: string;
  onChange: (id: string) => void;
  /** What none means here. */
  none: string;
  className?: string;
  /** In a form. */
  control?: ControlProps;
  /** Where there is no field around it. */
  label?: string;
};

/** One department of hundreds, found by typing a part of its name or code. */
export function DepartmentSelect({ value, onChange, none, className = 'jy-full', control, label }: Props) {
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), SEARCH_AFTER_MS);
  const [{ data, fetching }] = useQuery({ query: DepartmentChoicesQuery, variables: { search: search || null } });
  const found = data?.departments.nodes ?? [];
  const missing = value !== '' && !found.some(({ id }) => id === value);
  const [named] = useQuery({ query: DepartmentNameQuery, variables: { id: value }, pause: !missing });
  const name = named.data?.node && 'name' in named.data.node ? named.data.node.name : undefined;
  const options = [
    ...(text.trim() === '' ? [{ value: '', label: none }] : []),
    ...(missing && name !== undefined ? [{ value, label: name }] : []),
    ...found.map((department) => ({ value: department.id, label: department.name })),
  ];
  return (
    <Select
      {...control}
      className={className}
      aria-label={label}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={fetching}
      value={missing && name === undefined ? undefined : value}
      onChange={(id: string) => {
        setText('');
        onChange(id);
      }}
      options={options}
    />
  );
}
