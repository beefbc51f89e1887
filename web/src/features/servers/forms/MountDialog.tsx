import { InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { SearchSelect, useSelectSearch } from '../../../ui/forms/SearchSelect';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { kilograms, modelName, modelSize, unitsOfHalves, unitsText } from '../components/server-words';
import { MountCabinetQuery, MountCabinetsQuery, MountServerMutation, ServerStanding } from '../servers.gql';
import { freeRuns } from './free-runs';

const HALF = 0.5;
/** More pieces than that are no help for choosing. */
const RUNS_SHOWN = 12;

type Server = FragmentOf<typeof ServerStanding>;
type Props = { server: Server; onClose: () => void };

/** Where to stand it: cabinets of its center that can take it, found first; the server checks, and says with figures what is short. */
export function MountDialog({ server: masked, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(MountServerMutation);
  const [server] = useState(() => readFragment(ServerStanding, masked));
  const [cabinetId, setCabinetId] = useState('');
  const [startUnit, setStartUnit] = useState<number | null>(null);
  const { model } = server;
  const heightUnits = unitsOfHalves(model.heightHalfUnits);

  const submit = async () => {
    if (cabinetId === '') return form.refuse([{ field: 'cabinetId', message: t('server.cabinetMissing') }]);
    const answer = await send({ id: server.id, expectedVersion: server.version, cabinetId, startUnit });
    if (!answer.data) return form.refuse(answer.errors);
    const place = answer.data.outcome.server?.place;
    notice(
      t('server.mounted', {
        name: server.assetNumber,
        place: place ? [place.cabinetCode, unitsText(place)].filter(Boolean).join(' ') : '',
      }),
    );
    onClose();
  };

  return (
    <DialogForm
      title={t('server.mountTitle', { name: server.assetNumber })}
      submit={t('server.mount')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('server.modelTakes', { model: modelName(model), size: modelSize(t, model, server.powerW) })}</p>
      <Field field="cabinetId" label={t('cabinet.title')} hint={t('server.cabinetHint')} errors={form.errors}>
        {(control) => (
          <CabinetSelect
            control={control}
            server={masked}
            value={cabinetId}
            onChange={(id) => {
              setCabinetId(id);
              setStartUnit(null);
              form.accept();
            }}
          />
        )}
      </Field>
      <Field
        field="startUnit"
        label={t('cabinet.startUnit')}
        hint={t('cabinet.startUnitHint')}
        errors={form.errors}
        optional
      >
        {(control) => (
          <InputNumber
            {...control}
            className="jy-full"
            step={HALF}
            prefix="U"
            disabled={model.heightHalfUnits === 0}
            value={startUnit}
            onChange={(unit) => {
              setStartUnit(unit);
              form.accept();
            }}
          />
        )}
      </Field>
      {cabinetId !== '' && (
        <CabinetRoom
          cabinetId={cabinetId}
          wanted={{ heightUnits, fullDepth: model.fullDepth }}
          chosen={startUnit}
          onChoose={(unit) => {
            setStartUnit(unit);
            form.accept();
          }}
        />
      )}
    </DialogForm>
  );
}

type SelectProps = {
  control: Parameters<typeof SearchSelect>[0]['control'];
  server: Server;
  value: string;
  onChange: (id: string) => void;
};

/** Without a search those that have the room, the power and the load for it; with one, any of the center in service. */
function CabinetSelect({ control, server: masked, value, onChange }: SelectProps) {
  const { t } = useTranslation();
  const { center, model, powerW } = readFragment(ServerStanding, masked);
  const typing = useSelectSearch();
  const fits =
    typing.search === null
      ? {
          // The filter speaks of pieces of full depth; what is mounted in front only may fit elsewhere too.
          minimumFreeUnits: model.fullDepth ? unitsOfHalves(model.heightHalfUnits) : null,
          minimumFreeWatts: powerW ?? model.nameplatePowerW,
          minimumFreeGrams: model.weightGrams,
        }
      : {};
  const [{ data, fetching }] = useQuery({
    query: MountCabinetsQuery,
    variables: { filter: { centerId: center.id, statuses: ['IN_SERVICE'], search: typing.search, ...fits } },
    requestPolicy: 'cache-and-network',
  });
  const [chosen, setChosen] = useState<{ value: string; label: string }>();
  const cabinets = data?.cabinets.nodes ?? [];
  const more = (data?.cabinets.totalCount ?? 0) - cabinets.length;
  return (
    <SearchSelect
      control={control}
      typing={typing}
      value={value}
      placeholder={t('server.cabinetPlaceholder')}
      onChange={(id) => {
        const cabinet = cabinets.find((one) => one.id === id);
        setChosen(cabinet && { value: id, label: `${cabinet.code} · ${cabinet.room.name}` });
        onChange(id);
      }}
      fetching={fetching}
      named={chosen}
      more={
        data && data.cabinets.totalCount === 0
          ? t(typing.search === null ? 'server.cabinetsNone' : 'server.cabinetsNotFound')
          : more > 0 && t('server.cabinetsMore', { more: count(more) })
      }
      found={cabinets.map((cabinet) => ({
        value: cabinet.id,
        label: (
          <span className="jy-offer">
            <span className="jy-offer-name">{`${cabinet.code} · ${cabinet.room.name}`}</span>
            <span className="jy-quiet-text jy-number">
              {t('server.cabinetRoom', {
                units: (model.fullDepth ? cabinet.longestFreeRunUnits : cabinet.longestFreeFrontUnits) ?? '–',
                watts: wattsText(cabinet.power?.freeW),
              })}
            </span>
          </span>
        ),
      }))}
    />
  );
}

/** Not told to everyone. */
const wattsText = (watts: number | null | undefined): string => (watts == null ? '–' : count(watts));

type RoomProps = {
  cabinetId: string;
  wanted: { heightUnits: number; fullDepth: boolean };
  chosen: number | null;
  onChoose: (unit: number) => void;
};

/** What the chosen cabinet has left, and the pieces that the server fits into, to be taken by a press. */
function CabinetRoom({ cabinetId, wanted, chosen, onChoose }: RoomProps) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({
    query: MountCabinetQuery,
    variables: { id: cabinetId },
    requestPolicy: 'cache-and-network',
  });
  const cabinet = data?.cabinet;
  if (!cabinet || cabinet.id !== cabinetId) return <p className="jy-quiet-text">{t('common.loading')}</p>;
  const runs = wanted.heightUnits === 0 ? [] : freeRuns(cabinet, cabinet.holders, wanted);
  const { power, weight } = cabinet;
  return (
    <section aria-label={t('server.roomOf', { code: cabinet.code })}>
      <p className="jy-quiet-text">
        {t('server.roomLeft', {
          watts: wattsText(power?.freeW),
          limit: wattsText(power?.limitW),
          kilograms: weight?.freeGrams == null ? '–' : kilograms(weight.freeGrams),
        })}
      </p>
      {wanted.heightUnits > 0 &&
        (runs.length === 0 ? (
          <p>{t('server.noRun')}</p>
        ) : (
          <div className="jy-chips">
            <span className="jy-chips-label">{t('server.runs')}</span>
            {runs.slice(0, RUNS_SHOWN).map(({ from, to }) => (
              <button
                key={from}
                type="button"
                className="jy-chip"
                aria-pressed={chosen !== null && chosen >= from && chosen <= to}
                onClick={() => onChoose(from)}
              >
                {from === to ? `U${from}` : `U${from}–${to}`}
              </button>
            ))}
            {runs.length > RUNS_SHOWN && (
              <span className="jy-quiet-text">{t('server.runsMore', { more: runs.length - RUNS_SHOWN })}</span>
            )}
          </div>
        ))}
    </section>
  );
}
