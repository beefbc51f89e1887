import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { EndFreezeMutation, type Freeze } from '../alerts.gql';

/** Ended, it does not come back: what waited for its end goes on at once, all over its centers. */
export function EndFreezeDialog({ freeze, onClose }: { freeze: Freeze; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(EndFreezeMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: freeze.id, expectedVersion: freeze.version });
    if (!data) return form.refuse(errors);
    notice(t('freeze.ended'));
    onClose();
  };
  return (
    <DialogForm
      title={t('freeze.endTitle', { code: freeze.code, title: freeze.title })}
      submit={t('freeze.end')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('freeze.endText')}</p>
    </DialogForm>
  );
}
