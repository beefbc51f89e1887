import { useQuery } from 'urql';
import type { ControlProps } from '../forms/Field';
import { SearchSelect, useSelectSearch } from '../forms/SearchSelect';
import { DepartmentChoicesQuery, DepartmentNameQuery } from './departments.gql';

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
export function DepartmentSelect(props: Props) {
  const { value } = props;
  const typing = useSelectSearch();
  const [{ data, fetching }] = useQuery({ query: DepartmentChoicesQuery, variables: { search: typing.search } });
  const found = (data?.departments.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const missing = value !== '' && !found.some((option) => option.value === value);
  const [{ data: named }] = useQuery({ query: DepartmentNameQuery, variables: { id: value }, pause: !missing });
  const name = named?.node && 'name' in named.node ? named.node.name : undefined;
  return (
    <SearchSelect
      {...props}
      typing={typing}
      found={found}
      fetching={fetching}
      named={name === undefined ? undefined : { value, label: name }}
    />
  );
}
