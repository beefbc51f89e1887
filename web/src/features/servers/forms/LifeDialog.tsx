import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { LifeAct } from '../components/LifeActions';
import { ChangeServerLifeMutation, ServerActs } from '../servers.gql';

/** As the server keeps it (servers/server-life.service). */
const REASON_LENGTH_MAX = 300;
const ASSET_NUMBER_LENGTH_MAX = 40;

type Props = { server: FragmentOf<typeof ServerActs>; act: LifeAct; onClose: () => void };

/** One step of a server's life: what follows from it, and what must be said for it. */
export function LifeDialog({ server: masked, act, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(ChangeServerLifeMutation);
  // As it was when the dialog opened: somebody else's act meanwhile is told, not gone along with.
  const [server] = useState(() => readFragment(ServerActs, masked));
  const [reason, setReason] = useState('');
  const [poolId, setPoolId] = useState(act.pools.length === 1 ? (act.pools[0]?.id ?? '') : '');
  const [confirmed, setConfirmed] = useState('');
  // A machine that left the house comes back only as another record: a click is too easy for that.
  const forGood = act.action === 'RETIRE';
  const name = t(`server.actions.${act.action}`);

  const submit = async () => {
    const wrong: FormError[] = [];
    if (act.needsPool && poolId === '') wrong.push({ field: 'poolId', message: t('server.poolMissing') });
    if (act.needsReason && reason.trim() === '') wrong.push({ field: 'reason', message: t('server.reasonMissing') });
    if (forGood && confirmed.trim() !== server.assetNumber)
      wrong.push({ field: 'confirmed', message: t('server.confirmWrong', { name: server.assetNumber }) });
    if (wrong.length > 0) return form.refuse(wrong);
    const answer = await send({
      id: server.id,
      expectedVersion: server.version,
      action: act.action,
      reason: reason.trim() || null,
      poolId: act.needsPool ? poolId : null,
    });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('server.acted', { name: server.assetNumber, act: name }));
    onClose();
  };

  return (
    <DialogForm
      title={t('server.actTitle', { name: server.assetNumber, act: name })}
      submit={name}
      danger={forGood}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`server.actTexts.${act.action}`)}</p>
      {forGood && server.place && <p>{t('server.retireFrees', { cabinet: server.place.cabinetCode })}</p>}
      {act.needsPool && (
        <Field field="poolId" label={t('server.pool')} errors={form.errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={poolId || undefined}
              placeholder={t('server.poolMissing')}
              onChange={(id: string) => {
                setPoolId(id);
                form.changed('poolId');
              }}
              options={act.pools.map((pool) => ({
                value: pool.id,
                label: `${pool.code} · ${t(`zone.${pool.zone}`)} · ${pool.processor}`,
              }))}
            />
          )}
        </Field>
      )}
      {act.needsReason && (
        <ReasonBox
          field="reason"
          label={t('server.reason')}
          errors={form.errors}
          autoFocus
          showCount
          max={REASON_LENGTH_MAX}
          value={reason}
          onChange={(next) => {
            setReason(next);
            form.changed('reason');
          }}
        />
      )}
      {forGood && (
        <TextBox
          field="confirmed"
          label={t('server.confirm')}
          hint={t('server.confirmHint', { name: server.assetNumber })}
          errors={form.errors}
          max={ASSET_NUMBER_LENGTH_MAX}
          value={confirmed}
          onChange={(text) => {
            setConfirmed(text);
            form.changed('confirmed');
          }}
        />
      )}
    </DialogForm>
  );
}
