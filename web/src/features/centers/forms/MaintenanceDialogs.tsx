import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { MaintenanceExtent } from '../../../graphql/enums';
import { exactTime } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { Dialog } from '../../../ui/Dialog';
import { type Fact, Facts } from '../../../ui/Facts';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import {
  CancelMaintenanceMutation,
  EndMaintenanceMutation,
  PlanMaintenanceMutation,
  PoolChoicesQuery,
  StartMaintenanceMutation,
} from '../centers.gql';
import { extentText } from '../components/extent-text';
import { ImpactPanel } from '../components/ImpactPanel';
import { MaintenanceStateTag } from '../components/place-states';
import { useMeterWords } from '../components/use-meter-words';
import type { Window } from '../components/WindowTable';
import { NumberField } from './NumberField';

const EXTENTS: readonly MaintenanceExtent[] = ['POOL_NODES', 'WHOLE_POOL'];
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
  const wanted = extent === 'WHOLE_POOL' ? null : nodes;
  const known = poolId && fromAt && toAt && toAt > fromAt && (extent === 'WHOLE_POOL' || nodes);
  return (
    <DialogForm
      title={t('maintenance.plan')}
      submit={t('maintenance.plan')}
      busy={busy}
      form={form}
      onClose={onClose}
      onSubmit={async () => {
        if (!poolId || !fromAt || !toAt)
          return form.refuse([
            { field: poolId ? (fromAt ? 'toAt' : 'fromAt') : 'poolId', message: t('maintenance.choosePool') },
          ]);
        const refused = await send({
          poolId,
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
                form.changed('extent', 'nodes');
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
      <div className="jy-field-row">
        <TimeField
          field="fromAt"
          label={t('maintenance.from')}
          value={from}
          errors={form.errors}
          onChange={(value) => {
            setFrom(value);
            form.changed('fromAt', 'toAt');
          }}
        />
        <TimeField
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
      <Field field="reason" label={t('maintenance.reason')} errors={form.errors}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            maxLength={REASON_LENGTH_MAX}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
              form.changed('reason');
            }}
          />
        )}
      </Field>
      <h3 className="jy-part-title">{t('maintenance.impact')}</h3>
      {known ? (
        <ImpactPanel input={{ poolId, extent, nodes: wanted, fromAt, toAt }} />
      ) : (
        <p className="jy-quiet-text">{t('maintenance.choosePool')}</p>
      )}
    </DialogForm>
  );
}

type TimeProps = {
  field: string;
  label: string;
  value: string;
  errors: ReturnType<typeof useFormErrors>['errors'];
  onChange: (value: string) => void;
};

function TimeField({ field, label, value, errors, onChange }: TimeProps) {
  return (
    <Field field={field} label={label} errors={errors}>
      {({ status: _, ...control }) => (
        <input
          {...control}
          className="jy-date-input"
          type="datetime-local"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** One window with what it breaks, and what can be done with it now. */
export function WindowDialog({ window, onClose }: { window: Window; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const notice = useNotice();
  const form = useFormErrors();
  const { word, amount } = useMeterWords();
  const start = useSend(StartMaintenanceMutation, (data) => data.outcome.errors);
  const end = useSend(EndMaintenanceMutation, (data) => data.outcome.errors);
  const cancel = useSend(CancelMaintenanceMutation, (data) => data.outcome.errors);
  const { title } = window;
  const now = useNow();
  // Asked once, so that what is shown is what was asked however long somebody reads it.
  const [earlyFrom, setEarlyFrom] = useState<string | null>(null);
  const ahead = now < new Date(window.fromAt).getTime();
  const named = { id: window.id, expectedVersion: window.version };
  const pressed = (refused: FormError[], done: string) => {
    if (refused.length > 0) return form.refuse(refused);
    notice(done);
    onClose();
  };
  const facts: Fact[] = [
    { label: t('maintenance.code'), value: <span className="jy-code">{window.code}</span> },
    { label: t('maintenance.state'), value: <MaintenanceStateTag state={window.state} /> },
    { label: t('maintenance.pool'), value: <span className="jy-code">{window.pool.code}</span> },
    { label: t('maintenance.extent'), value: extentText(t, window) },
    { label: t('maintenance.from'), value: <Time at={window.fromAt} exact /> },
    { label: t('maintenance.to'), value: <Time at={window.toAt} exact /> },
    { label: t('maintenance.plannedBy'), value: window.plannedBy },
    { label: t('maintenance.reason'), value: window.reason, wide: true },
  ];
  const edits = may('CENTER', 'EDIT');
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        edits && (
          <>
            {window.state === 'PLANNED' && (
              <>
                <Button
                  loading={cancel.busy}
                  onClick={async () => pressed(await cancel.send(named), t('maintenance.cancelled', { title }))}
                >
                  {t('maintenance.cancel')}
                </Button>
                {ahead && earlyFrom === null ? (
                  <Button onClick={() => setEarlyFrom(new Date(now).toISOString())}>
                    {t('maintenance.startEarly')}
                  </Button>
                ) : (
                  <Button
                    type="primary"
                    loading={start.busy}
                    onClick={async () =>
                      pressed(
                        await start.send({ ...named, early: earlyFrom !== null }),
                        t('maintenance.started', { title }),
                      )
                    }
                  >
                    {t(earlyFrom === null ? 'maintenance.start' : 'maintenance.startEarlyConfirm')}
                  </Button>
                )}
              </>
            )}
            {window.state === 'RUNNING' && (
              <Button
                type="primary"
                loading={end.busy}
                onClick={async () => pressed(await end.send(named), t('maintenance.ended', { title }))}
              >
                {t('maintenance.end')}
              </Button>
            )}
          </>
        )
      }
    >
      <ErrorSummary errors={form.errors} refusals={form.refusals} />
      <Facts facts={facts} />
      {window.uncovered.length > 0 && (
        <p className="jy-bad-text">
          {t('maintenance.uncoveredText')}{' '}
          {window.uncovered.map((row) => `${word(row.meter)} ${amount(row.meter, row.amount)}`).join('、')}
        </p>
      )}
      {(window.state === 'PLANNED' || window.state === 'RUNNING') && (
        <>
          <h3 className="jy-part-title">{t('maintenance.impact')}</h3>
          {earlyFrom !== null && (
            <p className="jy-tone-waiting" role="status">
              {t('maintenance.startEarlyText', { from: exactTime(window.fromAt), to: exactTime(window.toAt) })}
            </p>
          )}
          <ImpactPanel
            input={{
              poolId: window.pool.id,
              extent: window.extent,
              nodes: window.nodes,
              fromAt: earlyFrom ?? window.fromAt,
              toAt: window.toAt,
              windowId: window.id,
            }}
          />
        </>
      )}
    </Dialog>
  );
}
