import { useQuery } from 'urql';
import { SearchSelect, useSelectSearch } from '../../../ui/forms/SearchSelect';
import { ServerSystemChoicesQuery, ServerSystemNameQuery } from '../servers.gql';

type Props = {
  /** Empty = none. */
  value: string;
  onChange: (id: string) => void;
  none: string;
  className: string;
  label: string;
};

/** One system of those that the viewer sees. */
export function SystemSelect(props: Props) {
  const { value } = props;
  const typing = useSelectSearch();
  const [{ data, fetching }] = useQuery({ query: ServerSystemChoicesQuery, variables: { search: typing.search } });
  const found = (data?.systems.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const missing = value !== '' && !found.some((option) => option.value === value);
  const [{ data: named }] = useQuery({ query: ServerSystemNameQuery, variables: { id: value }, pause: !missing });
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
