import { Button, Input, Select } from 'antd';
import { type FormEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { CenterRole, WorkOrderKind } from '../../../graphql/enums';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useDraft } from '../../../ui/forms/use-draft';
import { Panel } from '../../../ui/Panel';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { HostingChoicesQuery, PortChoicesQuery, WorkRoomChoicesQuery } from '../workorders.gql';
import { EntrantFields, KnownThings, PortFields, ThingFields } from './OrderLists';
import { appliedKinds, claimsPorts, emptyEntrant, emptyOrder, namesNewThings, type OrderDraft } from './order-draft';
import { WindowFields } from './WindowFields';

const TITLE_LENGTH_MAX = 120;
const INSTRUCTIONS_LENGTH_MAX = 1_000;

type Props = {
  departmentId: string;
  /** Whoever orders for others says for whom. */
  choosesDepartment: boolean;
  kind: WorkOrderKind;
  centers: readonly { id: string; name: string; role: CenterRole }[];
  busy: boolean;
  onSend: (draft: OrderDraft, submit: boolean) => Promise<FormError[]>;
  onCancel: () => void;
  /** A draft that is edited: what it is and whose it is stays. */
  start?: OrderDraft;
};

export function OrderForm({ departmentId, choosesDepartment, kind, centers, busy, onSend, onCancel, start }: Props) {
  const { t } = useTranslation();
  /** Whether it goes to the center, or stays a draft. */
  const sends = useRef(true);
  const form = useDraft(
    () => start ?? { ...emptyOrder(kind, departmentId), centerId: centers[0]?.id ?? '' },
    (draft) => onSend(draft, sends.current),
  );
  const { draft, errors, change } = form;
  const [rooms] = useQuery({
    query: WorkRoomChoicesQuery,
    variables: { centerId: draft.centerId },
    pause: draft.centerId === '',
  });
  const [hosting] = useQuery({
    query: HostingChoicesQuery,
    variables: { departmentId: draft.departmentId },
    pause: draft.departmentId === '',
  });
  const spaces = hosting.data?.givenSpaces ?? [];
  const cabinetIds = [...new Set(spaces.map((space) => space.cabinetId))].slice(0, 100);
  const [ports] = useQuery({
    query: PortChoicesQuery,
    variables: { cabinetIds },
    pause: cabinetIds.length === 0 || !claimsPorts(draft.kind),
  });
  const press = (event: FormEvent, submit: boolean) => {
    sends.current = submit;
    void form.submit(event);
  };
  return (
    <form className="jy-form jy-form-wide" noValidate onSubmit={(event) => press(event, true)}>
      <ErrorSummary errors={errors} refusals={form.refusals} />
      <Panel title={t('work.what')}>
        {choosesDepartment && (
          <Field field="departmentId" label={t('request.department')} errors={errors}>
            {(control) => (
              <DepartmentSelect
                control={control}
                value={draft.departmentId}
                none={t('work.noDepartment')}
                onChange={(id) => change({ departmentId: id, known: [], things: [], ports: [] })}
              />
            )}
          </Field>
        )}
        <div className="jy-fields-row">
          <ChoiceBox
            field="kind"
            label={t('work.kindTitle')}
            errors={errors}
            value={draft.kind}
            options={(start ? [start.kind] : appliedKinds).map((value) => ({ value, label: t(`work.kind.${value}`) }))}
            onChange={(next) =>
              change({
                kind: next,
                known: [],
                entrants: next === 'ENTRY' && draft.entrants.length === 0 ? [emptyEntrant] : draft.entrants,
              })
            }
          />
          <TextBox
            field="title"
            label={t('work.title')}
            errors={errors}
            max={TITLE_LENGTH_MAX}
            value={draft.title}
            onChange={(title) => change({ title })}
          />
        </div>
        <p className="jy-quiet-text">{t(`work.about.${draft.kind}`)}</p>
        <Field field="instructions" label={t('work.instructions')} errors={errors} optional>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={4}
              maxLength={INSTRUCTIONS_LENGTH_MAX}
              value={draft.instructions}
              onChange={(event) => change({ instructions: event.target.value })}
            />
          )}
        </Field>
      </Panel>
      <Panel title={t('work.whereAndWhen')}>
        <div className="jy-fields-row">
          <Field field="centerId" label={t('resource.center')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={draft.centerId}
                onChange={(centerId: string) => change({ centerId, roomIds: [] })}
                options={centers.map((center) => ({
                  value: center.id,
                  label: <CenterMark role={center.role} name={center.name} />,
                }))}
              />
            )}
          </Field>
          <Field field="roomIds" label={t('work.rooms')} hint={t('work.roomsHint')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                mode="multiple"
                value={draft.roomIds}
                onChange={(roomIds: string[]) => change({ roomIds })}
                options={(rooms.data?.rooms ?? []).map((room) => ({
                  value: room.id,
                  label: `${room.code} ${room.name}`,
                }))}
              />
            )}
          </Field>
        </div>
        <WindowFields
          from={draft.windowFrom}
          to={draft.windowTo}
          errors={errors}
          onChange={(patch) =>
            change({
              ...(patch.from === undefined ? {} : { windowFrom: patch.from }),
              ...(patch.to === undefined ? {} : { windowTo: patch.to }),
            })
          }
        />
      </Panel>
      {draft.kind !== 'ENTRY' && (
        <Panel title={t('work.equipment')}>
          <KnownThings
            draft={draft}
            things={hosting.data?.hostedEquipment.nodes ?? []}
            spaces={spaces}
            errors={errors}
            onChange={change}
          />
          {namesNewThings(draft.kind) && (
            <ThingFields draft={draft} spaces={spaces} errors={errors} onChange={change} />
          )}
        </Panel>
      )}
      {claimsPorts(draft.kind) && (
        <Panel title={t('work.ports')}>
          <PortFields
            sets={ports.data?.portSets ?? []}
            ports={draft.ports}
            errors={errors}
            onChange={(next) => change({ ports: next })}
          />
        </Panel>
      )}
      <Panel title={t('work.entrants')}>
        <EntrantFields draft={draft} errors={errors} onChange={change} />
      </Panel>
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy} aria-busy={busy}>
          {t('work.send')}
        </Button>
        <Button onClick={(event) => press(event, false)}>{t('work.keepDraft')}</Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
