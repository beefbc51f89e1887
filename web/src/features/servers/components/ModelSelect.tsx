import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { ResultOf } from '../../../graphql/tada';
import type { ControlProps } from '../../../ui/forms/Field';
import { SearchSelect, useSelectSearch } from '../../../ui/forms/SearchSelect';
import { ModelChoicesQuery, ModelNameQuery } from '../servers.gql';
import { modelName, modelSize } from './server-words';

export type Model = ResultOf<typeof ModelChoicesQuery>['hardwareModels']['nodes'][number];

/** The chosen model of very many; undefined = none, or still on its way. */
export function useModel(id: string, found: readonly Model[] = []): Model | undefined {
  const known = found.find((model) => model.id === id);
  const [{ data }] = useQuery({ query: ModelNameQuery, variables: { id }, pause: id === '' || known !== undefined });
  const node = data?.node;
  return known ?? (node && 'model' in node && node.id === id ? node : undefined);
}

type Props = {
  /** Empty = none. */
  value: string;
  onChange: (id: string) => void;
  none?: string;
  placeholder?: string;
  className?: string;
  control?: ControlProps;
  label?: string;
};

/** A hardware model, found by maker, name or the slug of the library that it came from. */
export function ModelSelect(props: Props) {
  const { t } = useTranslation();
  const typing = useSelectSearch();
  const [{ data, fetching }] = useQuery({ query: ModelChoicesQuery, variables: { search: typing.search } });
  const models = data?.hardwareModels.nodes ?? [];
  const chosen = useModel(props.value, models);
  const option = (model: Model) => ({
    value: model.id,
    label: (
      <span className="jy-offer">
        <span className="jy-offer-name">{modelName(model)}</span>
        {props.control && <span className="jy-quiet-text">{modelSize(t, model)}</span>}
      </span>
    ),
  });
  const more = (data?.hardwareModels.totalCount ?? 0) - models.length;
  return (
    <SearchSelect
      {...props}
      typing={typing}
      found={models.map(option)}
      fetching={fetching}
      named={chosen && option(chosen)}
      more={more > 0 && t('server.modelsMore', { more })}
    />
  );
}
