import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import type { DrDrillKind } from '../../../graphql/enums';
import { routes } from '../../../lib/routes';
import { shanghaiInput, shanghaiIso } from '../../../lib/time';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, MomentBox, NumberBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import { SearchSelect, useSelectSearch } from '../../../ui/forms/SearchSelect';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { clockText } from '../drill-words';
import { DrillChoicesQuery, DrillFrozenQuery, PlanDrillMutation } from '../drills.gql';

export const drillKinds: readonly DrDrillKind[] = ['SIMULATED', 'TABLETOP'];
/** The API's own limits. */
const SCENARIO_LONGEST = 500;
const TITLE_LONGEST = 200;
const HOURS_MAX = 72;
const ITEMS_MAX = 20;
const MINUTE = 60;
const TEN_MINUTES = 10;
const FOUR_HOURS = 4;

interface OwnItem {
  readonly key: number;
  readonly title: string;
  readonly minutes: number;
}

/** What is to be tried, of which group, where and when; another agrees to it. */
export function PlanDialog({
  groupId: given,
  kind: wanted,
  onClose,
}: {
  groupId: string;
  kind?: DrDrillKind;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const notice = useNotice();
  const navigate = useNavigate();
  const form = useFormErrors();
  const typing = useSelectSearch();
  const [groupId, setGroupId] = useState(given);
  const [kind, setKind] = useState<DrDrillKind>(wanted ?? 'SIMULATED');
  const [center, setCenter] = useState('');
  const [scenario, setScenario] = useState('');
  const [plannedAt, setPlannedAt] = useState(() => shanghaiInput(new Date().toISOString()));
  const [hours, setHours] = useState<number | null>(FOUR_HOURS);
  const [items, setItems] = useState<readonly OwnItem[]>([]);
  const [{ data, fetching }] = useQuery({
    query: DrillChoicesQuery,
    variables: { search: typing.search, group: groupId, named: groupId !== '' },
  });
  const { send, busy } = useOutcome(PlanDrillMutation);
  const plannedFor = shanghaiIso(plannedAt);
  const group = data?.drGroup ?? null;
  const places = data?.drDrillPlaces ?? [];
  // The standby is what is rehearsed, where there is one; else wherever there is room.
  const fitting = places.filter(({ fits }) => fits);
  const usual = fitting.find(({ center: { role } }) => role === 'RECOVERY') ?? fitting.at(-1) ?? places.at(-1);
  const chosen = places.find((place) => place.center.id === center) ?? usual;
  const centerId = chosen?.center.id ?? '';
  const asksFreeze = kind === 'SIMULATED' && groupId !== '' && centerId !== '' && plannedFor !== null;
  const [{ data: frozen }] = useQuery({
    query: DrillFrozenQuery,
    variables: { group: groupId, center: centerId, at: plannedFor ?? '' },
    pause: !asksFreeze,
  });
  const frozenText = asksFreeze ? (frozen?.drDrillFrozen ?? null) : null;
  const submit = async () => {
    const at = shanghaiIso(plannedAt);
    const missing = [
      ...(groupId === '' ? [{ field: 'groupId', message: t('drill.groupMissing') }] : []),
      ...(scenario.trim() === '' ? [{ field: 'scenario', message: t('drill.scenarioMissing') }] : []),
      ...(at === null ? [{ field: 'plannedAt', message: t('drill.plannedAtMissing') }] : []),
      ...(kind === 'SIMULATED' && centerId === '' ? [{ field: 'centerId', message: t('drill.centerMissing') }] : []),
      ...(items.some(({ title }) => title.trim() === '') ? [{ field: 'items', message: t('drill.itemMissing') }] : []),
    ];
    if (missing.length > 0 || at === null) return form.refuse(missing);
    const { data: sent, errors } = await send({
      ...{ groupId, kind, centerId: kind === 'SIMULATED' ? centerId : null, scenario: scenario.trim() },
      ...{ plannedAt: at, cleanupHours: hours ?? FOUR_HOURS },
      items: items.map(({ minutes, title }) => ({ title: title.trim(), limitSeconds: minutes * MINUTE })),
    });
    if (!sent) return form.refuse(errors);
    notice(t('drill.planned'));
    onClose();
    if (sent.outcome.drill) void navigate(routes.drDrill(sent.outcome.drill.id));
  };
  const put = (key: number, more: Partial<OwnItem>) =>
    setItems(items.map((item) => (item.key === key ? { ...item, ...more } : item)));
  return (
    <DialogForm
      title={t('drill.plan')}
      submit={t('drill.planSubmit')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field field="groupId" label={t('drill.group')} errors={form.errors}>
        {(control) => (
          <SearchSelect
            control={control}
            typing={typing}
            value={groupId}
            onChange={setGroupId}
            placeholder={t('drill.groupHint')}
            found={(data?.drGroups.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            named={group ? { value: group.id, label: group.name } : undefined}
            fetching={fetching}
          />
        )}
      </Field>
      {group && (
        <p className="jy-quiet-text">
          {t('drill.targetsOfGroup', { rto: clockText(group.rtoSeconds), rpo: clockText(group.rpoSeconds) })}
        </p>
      )}
      <ChoiceBox
        field="kind"
        label={t('drill.kindLabel')}
        hint={t(`drill.kindMeans.${kind}`)}
        errors={form.errors}
        value={kind}
        options={drillKinds.map((value) => ({ value, label: t(`drill.kind.${value}`) }))}
        onChange={setKind}
      />
      {kind === 'SIMULATED' && groupId !== '' && (
        <ChoiceBox
          field="centerId"
          label={t('drill.center')}
          hint={placeText(t, chosen, fetching)}
          errors={form.errors}
          value={centerId}
          options={places.map(({ center: { id, name } }) => ({ value: id, label: name }))}
          onChange={setCenter}
        />
      )}
      <ReasonBox
        field="scenario"
        label={t('drill.scenario')}
        hint={t('drill.scenarioHint')}
        errors={form.errors}
        max={SCENARIO_LONGEST}
        value={scenario}
        onChange={(next) => {
          setScenario(next);
          form.changed('scenario');
        }}
      />
      <MomentBox
        field="plannedAt"
        label={t('drill.plannedAt')}
        errors={form.errors}
        value={plannedAt}
        onChange={setPlannedAt}
      />
      {frozenText && (
        <p className="jy-desk-frozen" role="status">
          {t('drill.frozenThen', { text: frozenText })}
        </p>
      )}
      <NumberBox
        field="cleanupHours"
        label={t('drill.cleanupHours')}
        hint={t('drill.cleanupHint')}
        errors={form.errors}
        min={1}
        max={HOURS_MAX}
        suffix={t('drill.hours')}
        value={hours}
        onChange={setHours}
      />
      <fieldset className="jy-drill-items">
        <legend>{t('drill.ownItems')}</legend>
        <p className="jy-quiet-text">{t('drill.ownItemsHint')}</p>
        {items.map(({ key, minutes, title }, at) => (
          <div key={key} className="jy-drill-own">
            <TextBox
              field={at === 0 ? 'items' : `items-${key}`}
              label={t('drill.itemTitle', { n: at + 1 })}
              errors={form.errors}
              max={TITLE_LONGEST}
              value={title}
              onChange={(next) => put(key, { title: next })}
            />
            <NumberBox
              field={`limit-${key}`}
              label={t('drill.limit')}
              errors={form.errors}
              min={1}
              max={24 * MINUTE}
              suffix={t('drill.minutes')}
              value={minutes}
              onChange={(next) => put(key, { minutes: next ?? TEN_MINUTES })}
            />
            <Button
              aria-label={t('drill.removeItem', { n: at + 1 })}
              onClick={() => setItems(items.filter((item) => item.key !== key))}
            >
              {t('drill.remove')}
            </Button>
          </div>
        ))}
        <Button
          disabled={items.length >= ITEMS_MAX}
          onClick={() => setItems([...items, { key: (items.at(-1)?.key ?? 0) + 1, title: '', minutes: TEN_MINUTES }])}
        >
          {t('drill.addItem')}
        </Button>
      </fieldset>
    </DialogForm>
  );
}

/** Before anything is planned: how much would be copied there, and whether there is room for it. */
function placeText(
  t: TFunction,
  place: { readonly machines: number; readonly fits: boolean; readonly text: string } | undefined,
  fetching: boolean,
): string {
  if (!place) return t(fetching ? 'drill.placesComing' : 'drill.noPlace');
  return t(place.fits ? 'drill.placeFits' : 'drill.placeShort', { n: place.machines, text: place.text });
}
