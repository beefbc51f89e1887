import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { MaintenanceExtent } from '../../../graphql/enums';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { PlaceCentersQuery, PlaceChoicesQuery } from '../centers.gql';

type Feed = 'A' | 'B';
export type ChosenPlace = {
  centerId: string | null;
  roomId: string | null;
  rowId: string | null;
  cabinetId: string | null;
  /** null = all of it. */
  feed: Feed | null;
};
export const NO_PLACE: ChosenPlace = { centerId: null, roomId: null, rowId: null, cabinetId: null, feed: null };

export function chosenId(place: ChosenPlace, extent: MaintenanceExtent): string | null {
  if (extent === 'ROOM') return place.roomId;
  return extent === 'CABINET_ROW' ? place.rowId : place.cabinetId;
}

type Props = {
  extent: MaintenanceExtent;
  place: ChosenPlace;
  errors: readonly FormError[];
  onChange: (place: ChosenPlace) => void;
};

/** From the center down to what is taken away, and which of its feeds. */
export function PlaceFields({ extent, place, errors, onChange }: Props) {
  const { t } = useTranslation();
  const [{ data: all }] = useQuery({ query: PlaceCentersQuery });
  const [{ data }] = useQuery({
    query: PlaceChoicesQuery,
    variables: { centerId: place.centerId ?? '' },
    pause: place.centerId === null,
  });
  const room = data?.rooms.find(({ id }) => id === place.roomId);
  const choose = (
    field: string,
    label: string,
    value: string | null,
    options: readonly { value: string; label: string }[],
    set: (id: string) => void,
  ) => (
    <Field field={field} label={label} errors={errors}>
      {(control) => (
        <Select
          {...control}
          className="jy-full"
          showSearch={{ optionFilterProp: 'label' }}
          value={value}
          options={[...options]}
          onChange={set}
        />
      )}
    </Field>
  );
  // The last one of the way is what the server's refusals are about.
  const fieldOf = (own: MaintenanceExtent, name: string) => (extent === own ? 'placeId' : name);
  return (
    <>
      <div className="jy-field-row">
        {choose(
          'centerId',
          t('capacity.center'),
          place.centerId,
          (all?.centers ?? []).map(({ id, name }) => ({ value: id, label: name })),
          (centerId) => onChange({ ...NO_PLACE, feed: place.feed, centerId }),
        )}
        {choose(
          fieldOf('ROOM', 'roomId'),
          t('room.title'),
          place.roomId,
          (data?.rooms ?? []).map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
          (roomId) => onChange({ ...place, roomId, rowId: null, cabinetId: null }),
        )}
      </div>
      <div className="jy-field-row">
        {extent === 'CABINET_ROW' &&
          choose(
            'placeId',
            t('cabinet.row'),
            place.rowId,
            (room?.rows ?? []).map(({ id, code }) => ({ value: id, label: code })),
            (rowId) => onChange({ ...place, rowId, cabinetId: null }),
          )}
        {extent === 'CABINET' &&
          choose(
            'placeId',
            t('maintenance.extents.CABINET'),
            place.cabinetId,
            (room?.cabinets ?? []).map(({ id, code }) => ({ value: id, label: code })),
            (cabinetId) => onChange({ ...place, cabinetId }),
          )}
        {choose(
          'feed',
          t('maintenance.feed'),
          place.feed ?? 'ALL',
          (['ALL', 'A', 'B'] as const).map((value) => ({ value, label: t(`maintenance.feeds.${value}`) })),
          (feed) => onChange({ ...place, feed: feed === 'ALL' ? null : (feed as Feed) }),
        )}
      </div>
    </>
  );
}
