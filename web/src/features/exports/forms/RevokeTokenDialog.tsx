import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { TokenRow } from '../components/TokenTable';
import { RevokeExportTokenMutation } from '../exports.gql';

/** At once and for good: whatever used it stops. */
export function RevokeTokenDialog({ token, onClose }: { token: TokenRow; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(RevokeExportTokenMutation);
  const form = useFormErrors();
  const submit = async () => {
    const answer = await send({ id: token.id, expectedVersion: token.version });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('dataExport.revoked', { purpose: token.purpose }));
    onClose();
  };
  return (
    <DialogForm
      title={t('dataExport.revokeTitle', { purpose: token.purpose })}
      submit={t('dataExport.revoke')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('dataExport.revokeText')}</p>
    </DialogForm>
  );
}
