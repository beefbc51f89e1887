import { useTranslation } from 'react-i18next';
import type { PowerAction } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { OperateResourceMutation } from '../operations.gql';
import { useOperatingReason } from './OperatingReason';

type Props = {
  action: PowerAction;
  resource: { id: string; name: string; version: number };
  onClose: () => void;
};

/** On, off, or off and on again. */
export function PowerDialog({ action, resource, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const reason = useOperatingReason(form);
  const { send, busy } = useOutcome(OperateResourceMutation);
  const { id, name, version } = resource;
  const submit = async () => {
    const given = reason.given();
    if (given === null) return;
    const { data, errors } = await send({ id, expectedVersion: version, action, reason: given });
    if (!data) return form.refuse(errors);
    notice(t(`operate.done.${action}`, { name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('operate.title', { act: t(`resource.action.${action}`), name })}
      submit={t(`resource.action.${action}`)}
      danger={action !== 'START'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`operate.text.${action}`)}</p>
      {reason.box}
    </DialogForm>
  );
}
