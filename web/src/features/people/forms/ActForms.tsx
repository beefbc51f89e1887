import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import {
  DisableUserMutation,
  EnableUserMutation,
  EndMembershipMutation,
  ResetPasswordMutation,
  UnlockUserMutation,
  type UserParts,
} from '../people.gql';

type User = ResultOf<typeof UserParts>;
type Props = { user: User; onClose: () => void };
const versionOf = (user: User) => ({ id: user.id, expectedVersion: user.version });

const REASON_LONGEST = 200;

type ConfirmProps = {
  title: string;
  text: string;
  doIt: string;
  danger?: boolean;
  busy: boolean;
  /** Empty = done. */
  onConfirm: () => Promise<readonly FormError[]>;
  onClose: () => void;
  extra?: (errors: readonly FormError[]) => ReactNode;
};

/** Says what will happen, and lets it happen. */
function Confirm({ title, text, doIt, danger, busy, onConfirm, onClose, extra }: ConfirmProps) {
  const { t } = useTranslation();
  const { errors, refusals, refuse } = useFormErrors();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const refused = await onConfirm();
    if (refused.length > 0) refuse(refused);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{text}</p>
        {extra?.(errors)}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" danger={danger} htmlType="submit" loading={busy}>
            {doIt}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function DisableForm({ user, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(DisableUserMutation);
  const [reason, setReason] = useState('');
  return (
    <Confirm
      title={t('people.disableOf', { name: user.displayName })}
      text={t('people.disableText')}
      doIt={t('people.action.DISABLE')}
      danger
      busy={busy}
      onClose={onClose}
      onConfirm={async () => {
        if (!reason.trim()) return [{ field: 'reason', message: t('people.reasonMissing') }];
        const { errors: refused } = await send({ ...versionOf(user), reason: reason.trim() });
        if (refused.length > 0) return refused;
        notice(t('people.disabled', { name: user.displayName }));
        onClose();
        return [];
      }}
      extra={(errors) => (
        <Field field="reason" label={t('people.reason')} errors={errors}>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={2}
              maxLength={REASON_LONGEST}
              showCount
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      )}
    />
  );
}

export function EnableForm({ user, onClose }: Props) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(EnableUserMutation);
  return (
    <Confirm
      title={t('people.enableOf', { name: user.displayName })}
      text={t('people.enableText')}
      doIt={t('people.action.ENABLE')}
      busy={busy}
      onClose={onClose}
      onConfirm={async () => {
        const { errors: refused } = await send(versionOf(user));
        if (refused.length === 0) onClose();
        return refused;
      }}
    />
  );
}

export function UnlockForm({ user, onClose }: Props) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(UnlockUserMutation);
  return (
    <Confirm
      title={t('people.unlockOf', { name: user.displayName })}
      text={t('people.unlockText')}
      doIt={t('people.action.UNLOCK')}
      busy={busy}
      onClose={onClose}
      onConfirm={async () => {
        const { errors: refused } = await send(versionOf(user));
        if (refused.length === 0) onClose();
        return refused;
      }}
    />
  );
}

export function ResetForm({ user, onClose, onReset }: Props & { onReset: (password: string | null) => void }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(ResetPasswordMutation);
  return (
    <Confirm
      title={t('people.resetOf', { name: user.displayName })}
      text={t('people.resetText')}
      doIt={t('people.action.RESET_PASSWORD')}
      danger
      busy={busy}
      onClose={onClose}
      onConfirm={async () => {
        const { data, errors: refused } = await send(versionOf(user));
        if (data) onReset(data.outcome.initialPassword);
        return refused;
      }}
    />
  );
}

export function EndMembershipForm({ user, membership, onClose }: Props & { membership: User['memberships'][number] }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(EndMembershipMutation);
  return (
    <Confirm
      title={t('people.membershipEndOf', { department: membership.department?.name ?? '' })}
      text={t('people.membershipEndText')}
      doIt={t('people.membershipEnd')}
      danger
      busy={busy}
      onClose={onClose}
      onConfirm={async () => {
        const input = { ...versionOf(user), departmentId: membership.department?.id ?? '', role: membership.role };
        const { errors: refused } = await send(input);
        if (refused.length === 0) onClose();
        return refused;
      }}
    />
  );
}
