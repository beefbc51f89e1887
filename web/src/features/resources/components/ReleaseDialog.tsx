import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { ResourceState } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { userErrorsOf } from '../../../graphql/user-errors';
import { usePressKey } from '../../../lib/use-press-key';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { errorsOfPayload, type FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useNotice } from '../../../ui/notice';
import { ReleaseResourceMutation } from '../resources.gql';
import { useKeepDisk } from './KeepDiskBox';

const REASON_LONGEST = 500;

type Props = {
  resource: {
    id: string;
    name: string;
    version: number;
    state: ResourceState;
    life: { keepDiskDays: number | null; keepDiskDaysMost: number | null };
  };
  onClose: () => void;
};

/** Into the bin; what was never delivered goes at once. The name is typed again either way: the machine stops. */
export function ReleaseDialog({ resource, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [{ fetching }, release] = useMutation(ReleaseResourceMutation);
  const press = usePressKey();
  const [atOnce] = useState(resource.state !== 'IN_USE');
  const [reason, setReason] = useState('');
  const [confirmName, setConfirmName] = useState('');
  const { errors, refusals, refuse, changed } = useFormErrors();
  const disk = useKeepDisk(resource.life, errors, () => changed('keepDiskDays'));

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const wrong: FormError[] = [...disk.missing];
    if (!reason.trim()) wrong.push({ field: 'reason', message: t('resource.reasonMissing') });
    if (confirmName.trim() !== resource.name)
      wrong.push({ field: 'confirmName', message: t('resource.confirmWrong', { name: resource.name }) });
    if (wrong.length > 0) return refuse(wrong);
    const input = {
      id: resource.id,
      expectedVersion: resource.version,
      reason: reason.trim(),
      confirmName: confirmName.trim(),
      keepDiskDays: disk.given,
    };
    const result = await release({ input: { ...input, idempotencyKey: press.keyFor(input) } });
    if (!result.data) {
      const failure = result.error && failureOf(result.error);
      if (failure?.kind !== 'offline') press.answered();
      return refuse([{ field: '', message: failure && 'message' in failure ? failure.message : t('failure.offline') }]);
    }
    press.answered();
    const refused = errorsOfPayload(userErrorsOf(result.data.releaseResource.errors));
    if (refused.length > 0) return refuse(refused);
    notice(t(atOnce ? 'resource.releaseAtOnceDone' : 'resource.releaseDone', { name: resource.name }));
    onClose();
  };

  return (
    <Dialog title={t('resource.releaseTitle', { name: resource.name })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void send(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{t(atOnce ? 'resource.releaseAtOnceText' : 'resource.releaseText')}</p>
        <Field field="reason" label={t('resource.reason')} errors={errors}>
          {(control) => (
            <Input.TextArea
              {...control}
              autoFocus
              rows={3}
              maxLength={REASON_LONGEST}
              showCount
              value={reason}
              onChange={(event) => {
                setReason(event.target.value);
                changed('reason');
              }}
            />
          )}
        </Field>
        {disk.box}
        <Field
          field="confirmName"
          label={t('resource.confirmName')}
          hint={t('resource.confirmHint', { name: resource.name })}
          errors={errors}
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={confirmName}
              onChange={(event) => {
                setConfirmName(event.target.value);
                changed('confirmName');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" danger htmlType="submit" loading={fetching}>
            {t('resource.action.RELEASE')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
