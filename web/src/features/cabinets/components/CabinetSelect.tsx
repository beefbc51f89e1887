import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { CabinetFace } from '../../../graphql/enums';
import { count } from '../../../lib/quantity';
import type { ControlProps } from '../../../ui/forms/Field';
import { SearchSelect, useSelectSearch } from '../../../ui/forms/SearchSelect';
import { CabinetChoicesQuery } from '../cabinets.gql';
import { fitFilter, freeRunAt, hasRunFor, type Takes } from './cabinet-fit';

export type ChosenCabinet = { id: string; code: string };

type Props = {
  control: ControlProps;
  centerId: string;
  thing: Takes;
  /** On which it would stand. */
  face: CabinetFace;
  value: ChosenCabinet | null;
  onChange: (cabinet: ChosenCabinet) => void;
};

/** Without a search those that have the room, the power and the load for the thing; with one, any of the center in service. */
export function CabinetSelect({ control, centerId, thing, face, value, onChange }: Props) {
  const { t } = useTranslation();
  const typing = useSelectSearch();
  const fits = typing.search === null ? fitFilter(thing, face) : {};
  const [{ data, fetching }] = useQuery({
    query: CabinetChoicesQuery,
    variables: { filter: { centerId, search: typing.search, statuses: ['IN_SERVICE'], ...fits } },
    requestPolicy: 'cache-and-network',
  });
  const [label, setLabel] = useState('');
  const found = data?.cabinets.nodes ?? [];
  const offered = found.filter((cabinet) => typing.search !== null || hasRunFor(cabinet, thing, face));
  const more = (data?.cabinets.totalCount ?? 0) - found.length;
  return (
    <SearchSelect
      control={control}
      typing={typing}
      value={value?.id ?? ''}
      onChange={(id) => {
        const chosen = offered.find((cabinet) => cabinet.id === id);
        if (!chosen) return;
        setLabel(`${chosen.code} · ${chosen.room.name}`);
        onChange({ id, code: chosen.code });
      }}
      fetching={fetching}
      named={value ? { value: value.id, label } : undefined}
      more={
        more > 0
          ? t('server.cabinetsMore', { more: count(more) })
          : data &&
            offered.length === 0 &&
            t(typing.search === null ? 'server.cabinetsNone' : 'server.cabinetsNotFound')
      }
      found={offered.map((cabinet) => ({
        value: cabinet.id,
        label: (
          <span className="jy-offer">
            <span className="jy-offer-name">{`${cabinet.code} · ${cabinet.room.name}`}</span>
            <span className="jy-quiet-text jy-number">
              {t('server.cabinetRoom', {
                units: freeRunAt(cabinet, face) ?? '–',
                watts: cabinet.power?.freeW == null ? '–' : count(cabinet.power.freeW),
              })}
            </span>
          </span>
        ),
      }))}
    />
  );
}
