import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { CenterAction, CenterRole } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { count } from '../../../lib/quantity';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { CenterRemainsQuery, ChangeCenterLifeMutation, RegisterCenterMutation } from '../centers.gql';

const ROLES: readonly CenterRole[] = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'];
/** As the server keeps them. */
const CODE_LENGTH_MAX = 40;
const NAME_LENGTH_MAX = 60;
const REASON_LENGTH_MAX = 500;

export function RegisterCenterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useSend(RegisterCenterMutation, (data) => data.registerCenter.errors);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<CenterRole>('RECOVERY');
  const [clusterName, setClusterName] = useState('');
  return (
    <DialogForm
      title={t('place.register')}
      submit={t('place.register')}
      busy={busy}
      form={form}
      onClose={onClose}
      onSubmit={async () => {
        const refused = await send({ code, name, role, clusterName: clusterName.trim() || null });
        if (refused.length > 0) return form.refuse(refused);
        notice(t('place.registered', { name }));
        onClose();
      }}
    >
      <Field field="name" label={t('place.name')} errors={form.errors}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={NAME_LENGTH_MAX}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              form.changed('name');
            }}
          />
        )}
      </Field>
      <Field field="code" label={t('place.code')} hint={t('place.codeHint')} errors={form.errors}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            spellCheck={false}
            maxLength={CODE_LENGTH_MAX}
            value={code}
            onChange={(event) => {
              setCode(event.target.value);
              form.changed('code');
            }}
          />
        )}
      </Field>
      <Field field="role" label={t('place.role')} errors={form.errors}>
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            value={role}
            onChange={(chosen) => {
              setRole(chosen);
              form.changed('role');
            }}
            options={ROLES.map((value) => ({ value, label: t(`center.role.${value}`) }))}
          />
        )}
      </Field>
      <Field
        field="clusterName"
        label={t('place.clusterName')}
        hint={t('place.clusterHint')}
        errors={form.errors}
        optional
      >
        {(control) => (
          <Input
            {...control}
            maxLength={NAME_LENGTH_MAX}
            value={clusterName}
            onChange={(event) => setClusterName(event.target.value)}
          />
        )}
      </Field>
    </DialogForm>
  );
}

type LifeProps = {
  center: { id: string; name: string; version: number };
  action: CenterAction;
  onClose: () => void;
};

export function CenterLifeDialog({ center, action, onClose }: LifeProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useSend(ChangeCenterLifeMutation, (data) => data.changeCenterLife.errors);
  const [reason, setReason] = useState('');
  const word = t(`place.action.${action}`);
  return (
    <DialogForm
      title={t('place.actionTitle', { name: center.name, action: word })}
      submit={word}
      danger={action === 'STOP'}
      busy={busy}
      form={form}
      onClose={onClose}
      onSubmit={async () => {
        const refused = await send({ id: center.id, expectedVersion: center.version, action, reason: reason.trim() });
        if (refused.length > 0) return form.refuse(refused);
        notice(t('place.actionDone', { name: center.name, action: word }));
        onClose();
      }}
    >
      <p>{t(action === 'STOP' ? 'place.stopText' : 'place.lifeText')}</p>
      {action === 'STOP' && <Remains centerId={center.id} />}
      <ReasonBox
        field="reason"
        label={t('place.reason')}
        errors={form.errors}
        autoFocus
        max={REASON_LENGTH_MAX}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}

/** What is still somebody's there; while there is any, the server refuses to stop it. */
function Remains({ centerId }: { centerId: string }) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({
    query: CenterRemainsQuery,
    variables: { id: centerId },
    requestPolicy: 'network-only',
  });
  if (!data)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={2} />
    );
  const { remains } = data.center;
  if (remains.length === 0)
    return (
      <p role="status">
        <StateTag look={{ tone: 'good', icon: CheckCircleOutlined }} word={t('place.remainsNone')} />
      </p>
    );
  return (
    <div role="status">
      <StateTag look={{ tone: 'bad', icon: WarningOutlined }} word={t('place.remains')} />
      <ul className="jy-plain-list">
        {remains.map(({ kind, count: amount }) => (
          <li key={kind}>
            {t(`place.remainKinds.${kind}`)} <span className="jy-number">{count(amount)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
