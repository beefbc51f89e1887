import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { MaintenanceExtent } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { MomentBox, ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { PlanMaintenanceMutation, PoolChoicesQuery } from '../centers.gql';
import { ImpactPanel } from '../components/ImpactPanel';
import { PlaceImpactPanel } from '../components/PlaceImpactPanel';

import { NumberField } from './NumberField';
import { type ChosenPlace, chosenId, NO_PLACE, PlaceFields } from './PlaceFields';

const EXTENTS: readonly MaintenanceExtent[] = ['POOL_NODES', 'WHOLE_POOL', 'ROOM', 'CABINET_ROW', 'CABINET'];
const isOfPool = (extent: MaintenanceExtent) => extent === 'POOL_NODES' || extent === 'WHOLE_POOL';
const TITLE_LENGTH_MAX = 100;
const REASON_LENGTH_MAX = 500;

/** The province keeps one calendar: what is typed is Shanghai's time, wherever the browser stands. */
const toIso = (local: string): string | null => {
  const at = new Date(`${local}:00+08:00`);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
};

/** Plans a window, and shows what it would break as soon as that can be said. */
export function PlanMaintenanceDialog({ poolId: first, onClose }: { poolId: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useSend(PlanMaintenanceMutation, (data) => data.planMaintenance.errors);
  const [{ data }] = useQuery({ query: PoolChoicesQuery });
  const [poolId, setPoolId] = useState(first);
  const [title, setTitle] = useState('');
  const [reason, setReason] = useState('');
  const [extent, setExtent] = useState<MaintenanceExtent>('POOL_NODES');
  const [nodes, setNodes] = useState<number | null>(1);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [fromAt, toAt] = [toIso(from), toIso(to)];
  const [place, setPlace] = useState<ChosenPlace>(NO_PLACE);
  const ofPool = isOfPool(extent);
  const wanted = extent === 'POOL_NODES' ? nodes : null;
  const placeId = ofPool ? null : chosenId(place, extent);
  const period = fromAt && toAt && toAt > fromAt ? { fromAt, toAt } : null;
  return (
    <DialogForm
      title={t('maintenance.plan')}
      submit={t('maintenance.plan')}
      busy={busy}
      form={form}
      onClose={onClose}
      onSubmit={async () => {
        const missing = ofPool ? !poolId && 'poolId' : !placeId && 'placeId';
        const field = missing || (!fromAt && 'fromAt') || (!toAt && 'toAt');
        if (field || !fromAt || !toAt)
          return form.refuse([{ field: field || 'toAt', message: t('maintenance.choosePool') }]);
        const refused = await send({
          poolId: ofPool ? poolId : null,
          placeId,
          feed: ofPool ? null : place.feed,
          title: title.trim(),
          reason: reason.trim(),
          extent,
          nodes: wanted,
          fromAt,
          toAt,
        });
        if (refused.length > 0) return form.refuse(refused);
        notice(t('maintenance.planned', { title }));
        onClose();
      }}
    >
      <Field field="title" label={t('maintenance.title')} errors={form.errors}>
        {(control) => (
          <Input
            {...control}
            maxLength={TITLE_LENGTH_MAX}
            value={title}
            onChange={(event) => {
              setTitle(event.target.value);
              form.changed('title');
            }}
          />
        )}
      </Field>
      <div className="jy-field-row">
        <Field field="extent" label={t('maintenance.extent')} errors={form.errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={extent}
              onChange={(chosen) => {
                setExtent(chosen);
                form.changed('extent', 'nodes', 'poolId', 'placeId');
              }}
              options={EXTENTS.map((value) => ({ value, label: t(`maintenance.extents.${value}`) }))}
            />
          )}
        </Field>
        {extent === 'POOL_NODES' && (
          <NumberField
            field="nodes"
            label={t('maintenance.nodes')}
            value={nodes}
            errors={form.errors}
            onChange={(value) => {
              setNodes(value);
              form.changed('nodes');
            }}
          />
        )}
      </div>
      {ofPool ? (
        <Field field="poolId" label={t('maintenance.pool')} errors={form.errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={poolId}
              onChange={(chosen) => {
                setPoolId(chosen);
                form.changed('poolId', 'nodes');
              }}
              options={(data?.centers ?? []).map((center) => ({
                label: center.name,
                options: center.pools.map((pool) => ({ value: pool.id, label: pool.code })),
              }))}
            />
          )}
        </Field>
      ) : (
        <PlaceFields
          extent={extent}
          place={place}
          errors={form.errors}
          onChange={(next) => {
            setPlace(next);
            form.changed('placeId');
          }}
        />
      )}
      <div className="jy-field-row">
        <MomentBox
          field="fromAt"
          label={t('maintenance.from')}
          value={from}
          errors={form.errors}
          onChange={(value) => {
            setFrom(value);
            form.changed('fromAt', 'toAt');
          }}
        />
        <MomentBox
          field="toAt"
          label={t('maintenance.to')}
          value={to}
          errors={form.errors}
          onChange={(value) => {
            setTo(value);
            form.changed('toAt');
          }}
        />
      </div>
      <ReasonBox
        field="reason"
        label={t('maintenance.reason')}
        errors={form.errors}
        rows={2}
        max={REASON_LENGTH_MAX}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
      <h3 className="jy-part-title">{t('maintenance.impact')}</h3>
      {period && ofPool && poolId && (extent === 'WHOLE_POOL' || nodes) && (
        <ImpactPanel input={{ poolId, extent, nodes: wanted, ...period }} />
      )}
      {period && placeId && <PlaceImpactPanel input={{ extent, placeId, feed: place.feed, ...period }} />}
      {!(period && (ofPool ? poolId : placeId)) && <p className="jy-quiet-text">{t('maintenance.choosePool')}</p>}
    </DialogForm>
  );
}
