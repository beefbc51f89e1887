import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import type { DrExecutionKind } from '../../../graphql/enums';
import { userErrorsOf } from '../../../graphql/user-errors';
import { routes } from '../../../lib/routes';
import { shanghaiIso } from '../../../lib/time';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, MomentBox, ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { durationText } from '../dr-words';
import { PreviewQuery, RequestExecutionMutation, StartChoicesQuery } from '../drexec.gql';

const KINDS: DrExecutionKind[] = ['SWITCHOVER', 'FAILOVER', 'FAILBACK'];
const REASON_LONGEST = 500;

/** From a group's page: what would be lost, measured now, who must sign, and by which runbook. */
export function StartDialog({ groupId, name, onClose }: { groupId: string; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const form = useFormErrors();
  const [kind, setKind] = useState<DrExecutionKind>('SWITCHOVER');
  const [to, setTo] = useState('');
  const [runbook, setRunbook] = useState('');
  const [reason, setReason] = useState('');
  const [unverified, setUnverified] = useState(false);
  const [underOrder, setUnderOrder] = useState(false);
  const [plannedAt, setPlannedAt] = useState('');
  const [{ data }] = useQuery({ query: StartChoicesQuery, variables: { groupId } });
  const [{ data: seen, fetching }] = useQuery({
    query: PreviewQuery,
    variables: { groupId, kind, toCenterId: to },
    pause: !to,
    requestPolicy: 'network-only',
  });
  const { send, busy } = useOutcome(RequestExecutionMutation);
  const fitting = (data?.drRunbooks.nodes ?? []).filter((one) => one.kind === kind);
  const chosen = fitting.find(({ id }) => id === runbook) ?? fitting[0];
  const needsVerified = chosen?.versions[0]?.state === 'NEEDS_VERIFIED';
  const order = data?.drStandingOrders.find(
    (one) =>
      one.mine &&
      !one.revokedAt &&
      Date.parse(one.until) > Date.now() &&
      one.kinds.includes(kind) &&
      (one.groupIds === null || one.groupIds.includes(groupId)),
  );
  // What was shown of another way is not what would be lost on this one.
  const preview = to && !fetching ? seen?.drExecutionPreview : undefined;
  const refusals = preview ? userErrorsOf(preview.errors) : [];
  const submit = async () => {
    if (!chosen) return form.refuse([{ field: 'runbookId', message: t('drexec.noRunbook') }]);
    // What is needed at once is not planned for later.
    const isPlanned = kind !== 'FAILOVER' && plannedAt !== '';
    const { data: done, errors } = await send({
      ...{ groupId, kind, runbookId: chosen.id, reason, acceptUnverified: unverified },
      ...{ toCenterId: to, plannedAt: isPlanned ? shanghaiIso(plannedAt) : null },
      standingOrderId: underOrder && order ? order.id : null,
    });
    if (!done) return form.refuse(errors);
    if (done.outcome.execution) await go(routes.drExecution(done.outcome.execution.id));
  };
  return (
    <DialogForm
      title={t('drexec.startTitle', { name })}
      submit={t('drexec.start')}
      danger={kind === 'FAILOVER'}
      disabled={data !== undefined && fitting.length === 0}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChoiceBox
        field="kind"
        label={t('drexec.kindLabel')}
        errors={form.errors}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`drexec.kind.${value}`) }))}
        onChange={setKind}
      />
      <ChoiceBox
        field="toCenterId"
        label={t('drexec.toCenter')}
        errors={form.errors}
        value={to}
        options={(data?.centers ?? []).map((one) => ({ value: one.id, label: one.name }))}
        onChange={setTo}
      />
      {to && fetching && <p className="jy-quiet-text">{t('drexec.previewing')}</p>}
      {refusals.map(({ message }) => (
        <p key={message} className="jy-field-error" role="alert">
          {message}
        </p>
      ))}
      {preview?.loss && (
        <p className="jy-drexec-loss">
          {kind !== 'FAILOVER'
            ? t('drexec.lossless')
            : preview.loss.seconds === null
              ? t('drexec.lossUnknown', { tiers: preview.loss.unknownTiers.join(t('dr.comma')) })
              : t('drexec.lossSeconds', { time: durationText(t, preview.loss.seconds) })}
        </p>
      )}
      {!data ? null : fitting.length === 0 ? (
        <p>
          {t('drexec.noRunbook')} <Link to={routes.drRunbooks({ group: groupId })}>{t('drexec.runbooks')}</Link>
        </p>
      ) : (
        <ChoiceBox
          field="runbookId"
          label={t('drexec.runbook')}
          errors={form.errors}
          value={chosen?.id ?? ''}
          options={fitting.map((one) => ({
            value: one.id,
            label: `${one.name} · ${t('drexec.versionN', { n: one.versions[0]?.number ?? 0 })} · ${t(`drexec.runbookState.${one.versions[0]?.state ?? 'NEEDS_VERIFIED'}`)}`,
          }))}
          onChange={setRunbook}
        />
      )}
      {needsVerified && (
        <Checkbox checked={unverified} onChange={(event) => setUnverified(event.target.checked)}>
          {t('drexec.acceptUnverified')}
        </Checkbox>
      )}
      {order && (
        <Checkbox checked={underOrder} onChange={(event) => setUnderOrder(event.target.checked)}>
          {t('drexec.useOrder', { trigger: order.trigger })}
        </Checkbox>
      )}
      {kind !== 'FAILOVER' && (
        <MomentBox
          field="plannedAt"
          label={t('drexec.plannedAt')}
          errors={form.errors}
          hint={t('drexec.plannedAtNote')}
          optional
          value={plannedAt}
          onChange={(next) => {
            setPlannedAt(next);
            form.changed('plannedAt');
          }}
        />
      )}
      <p className="jy-quiet-text">{t(underOrder && order ? 'drexec.signOne' : 'drexec.signTwo')}</p>
      <ReasonBox
        field="reason"
        label={t('drexec.reason')}
        errors={form.errors}
        max={REASON_LONGEST}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}
