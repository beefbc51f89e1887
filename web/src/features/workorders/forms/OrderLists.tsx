import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Field } from '../../../ui/forms/Field';
import { NumberBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import type { HostingChoicesQuery, PortChoicesQuery } from '../workorders.gql';
import { emptyEntrant, emptyThing, type OrderDraft, type PortDraft, statesFor, type ThingDraft } from './order-draft';

type Space = ResultOf<typeof HostingChoicesQuery>['givenSpaces'][number];
type Thing = ResultOf<typeof HostingChoicesQuery>['hostedEquipment']['nodes'][number];
type Set = ResultOf<typeof PortChoicesQuery>['portSets'][number];
type Parts = { draft: OrderDraft; errors: readonly FormError[]; onChange: (patch: Partial<OrderDraft>) => void };

const THINGS_MAX = 50;
const ENTRANTS_MAX = 30;

function useSpaceOptions(spaces: readonly Space[]) {
  const { t } = useTranslation();
  return spaces.map((space) => ({
    value: space.id,
    label: t('work.spaceOption', {
      cabinet: space.cabinetCode,
      unit: space.startUnit,
      height: space.heightUnits,
      free: space.freeUnits,
      watts: count(space.freePowerW),
      kilograms: space.freeWeightGrams / 1000,
    }),
  }));
}

export function KnownThings({
  draft,
  things,
  spaces,
  errors,
  onChange,
}: Parts & { things: readonly Thing[]; spaces: readonly Space[] }) {
  const { t } = useTranslation();
  const options = useSpaceOptions(spaces);
  // Those of an edited draft are busy with it.
  const fitting = things.filter(
    (thing) => draft.known.includes(thing.id) || (statesFor(draft.kind).includes(thing.state) && !thing.busy),
  );
  return (
    <>
      <Field field="equipment" label={t('work.known')} hint={t('work.knownHint')} errors={errors} optional>
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            mode="multiple"
            value={draft.known}
            onChange={(known: string[]) => onChange({ known })}
            optionFilterProp="label"
            options={fitting.map((thing) => ({ value: thing.id, label: `${thing.label} ${thing.serial}` }))}
          />
        )}
      </Field>
      {draft.kind === 'RACK' && draft.known.length > 0 && (
        <Field field="equipment.0.targetId" label={t('work.space')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={draft.targetId || undefined}
              onChange={(targetId: string) => onChange({ targetId })}
              options={options}
            />
          )}
        </Field>
      )}
    </>
  );
}

export function ThingFields({ draft, spaces, errors, onChange }: Parts & { spaces: readonly Space[] }) {
  const { t } = useTranslation();
  const options = useSpaceOptions(spaces);
  const set = (at: number, patch: Partial<ThingDraft>) =>
    onChange({ things: draft.things.map((thing, i) => (i === at ? { ...thing, ...patch } : thing)) });
  return (
    <>
      {draft.things.map((thing, at) => {
        // The API numbers all things of the order; those that are known come first.
        const field = (name: string) => `equipment.${draft.known.length + at}.${name}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place, which errors name.
          <fieldset key={at} className="jy-work-thing-form">
            <legend>{t('work.thingNumber', { number: at + 1 })}</legend>
            <div className="jy-fields-row">
              <TextBox
                field={field('label')}
                label={t('work.thing')}
                errors={errors}
                max={60}
                value={thing.label}
                onChange={(label) => set(at, { label })}
              />
              <TextBox
                field={field('serial')}
                label={t('work.serial')}
                errors={errors}
                max={60}
                value={thing.serial}
                onChange={(serial) => set(at, { serial })}
              />
              <TextBox
                field={field('owner')}
                label={t('work.owner')}
                errors={errors}
                max={60}
                value={thing.owner}
                onChange={(owner) => set(at, { owner })}
              />
            </div>
            <div className="jy-fields-row">
              <NumberBox
                field={field('heightUnits')}
                label={t('work.height')}
                errors={errors}
                decimals
                suffix="U"
                value={thing.heightUnits}
                onChange={(heightUnits) => set(at, { heightUnits })}
              />
              <NumberBox
                field={field('powerW')}
                label={t('work.power')}
                errors={errors}
                suffix="W"
                value={thing.powerW}
                onChange={(powerW) => set(at, { powerW })}
              />
              <NumberBox
                field={field('weightKg')}
                label={t('work.weight')}
                errors={errors}
                decimals
                suffix="kg"
                value={thing.weightKg}
                onChange={(weightKg) => set(at, { weightKg })}
              />
            </div>
            {draft.kind === 'RACK' && (
              <div className="jy-fields-row">
                <Field field={field('targetId')} label={t('work.space')} errors={errors}>
                  {(control) => (
                    <Select
                      {...control}
                      className="jy-full"
                      value={thing.targetId || undefined}
                      onChange={(targetId: string) => set(at, { targetId })}
                      options={options}
                    />
                  )}
                </Field>
                <NumberBox
                  field={field('targetUnit')}
                  label={t('work.unit')}
                  hint={t('work.unitHint')}
                  errors={errors}
                  optional
                  decimals
                  value={thing.targetUnit}
                  onChange={(targetUnit) => set(at, { targetUnit })}
                />
              </div>
            )}
            <div className="jy-work-thing-foot">
              <Checkbox checked={thing.domestic} onChange={(event) => set(at, { domestic: event.target.checked })}>
                {t('work.domestic')}
              </Checkbox>
              <Button
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('work.removeThing', { number: at + 1 })}
                onClick={() => onChange({ things: draft.things.filter((_, i) => i !== at) })}
              />
            </div>
          </fieldset>
        );
      })}
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={draft.things.length >= THINGS_MAX}
        onClick={() => onChange({ things: [...draft.things, emptyThing] })}
      >
        {t('work.addThing')}
      </Button>
    </>
  );
}

export function EntrantFields({ draft, errors, onChange }: Parts) {
  const { t } = useTranslation();
  const set = (at: number, patch: Partial<OrderDraft['entrants'][number]>) =>
    onChange({ entrants: draft.entrants.map((entrant, i) => (i === at ? { ...entrant, ...patch } : entrant)) });
  return (
    <>
      <p className="jy-quiet-text jy-form-lead">{t('work.entrantsHint')}</p>
      {draft.entrants.map((entrant, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place, which errors name.
        <fieldset key={at} className="jy-range">
          <legend className="jy-sr-only">{t('work.entrantNumber', { number: at + 1 })}</legend>
          <TextBox
            field={`entrants.${at}.name`}
            label={t('work.name')}
            errors={errors}
            max={40}
            value={entrant.name}
            onChange={(name) => set(at, { name })}
          />
          <TextBox
            field={`entrants.${at}.idLastFour`}
            label={t('work.idLastFour')}
            errors={errors}
            max={4}
            value={entrant.idLastFour}
            onChange={(idLastFour) => set(at, { idLastFour })}
          />
          <TextBox
            field={`entrants.${at}.vendor`}
            label={t('work.vendor')}
            errors={errors}
            max={60}
            value={entrant.vendor}
            onChange={(vendor) => set(at, { vendor })}
          />
          <Button
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('work.removeEntrant', { number: at + 1 })}
            onClick={() => onChange({ entrants: draft.entrants.filter((_, i) => i !== at) })}
          />
        </fieldset>
      ))}
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={draft.entrants.length >= ENTRANTS_MAX}
        onClick={() => onChange({ entrants: [...draft.entrants, emptyEntrant] })}
      >
        {t('work.addEntrant')}
      </Button>
      {draft.entrants.length > 0 && (
        <TextBox
          field="escort"
          label={t('work.escort')}
          errors={errors}
          optional={draft.kind !== 'ENTRY'}
          max={40}
          value={draft.escort}
          onChange={(escort) => onChange({ escort })}
        />
      )}
    </>
  );
}

type PortProps = {
  sets: readonly Set[];
  ports: readonly PortDraft[];
  errors: readonly FormError[];
  onChange: (ports: PortDraft[]) => void;
};

export function PortFields({ sets, ports, errors, onChange }: PortProps) {
  const { t } = useTranslation();
  const set = (at: number, patch: Partial<PortDraft>) =>
    onChange(ports.map((port, i) => (i === at ? { ...port, ...patch } : port)));
  if (sets.length === 0) return <p className="jy-quiet-text">{t('work.noPorts')}</p>;
  return (
    <>
      {ports.map((port, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place, which errors name.
        <fieldset key={at} className="jy-range">
          <legend className="jy-sr-only">{t('work.portNumber', { number: at + 1 })}</legend>
          <Field field={`ports.${at}.portSetId`} label={t('work.portSet')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={port.portSetId || undefined}
                onChange={(portSetId: string) => set(at, { portSetId })}
                options={sets.map((each) => ({
                  value: each.id,
                  label: t('work.portOption', {
                    label: each.label,
                    kind: t(`work.portKind.${each.kind}`),
                    free: each.free,
                    count: each.count,
                  }),
                }))}
              />
            )}
          </Field>
          <NumberBox
            field={`ports.${at}.count`}
            label={t('work.portCount')}
            errors={errors}
            min={1}
            value={port.count}
            onChange={(next) => set(at, { count: next })}
          />
          <Button
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('work.removePort', { number: at + 1 })}
            onClick={() => onChange(ports.filter((_, i) => i !== at))}
          />
        </fieldset>
      ))}
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...ports, { portSetId: '', count: 1 }])}>
        {t('work.addPort')}
      </Button>
    </>
  );
}
