import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { routes } from '../../../lib/routes';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PrepareAddressIntakeMutation } from '../addresses.gql';
import type { NetworkFigures } from './AddressFiguresTable';

/** The machines say whose the addresses are; all of one network go into one batch, which another person approves. */
export function TakeAddressesDialog({ row, onClose }: { row: NetworkFigures; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(PrepareAddressIntakeMutation);
  const { network, unclaimed } = row;
  const submit = async () => {
    const answer = await send({ networkId: network.id });
    if (!answer.data) return form.refuse(answer.errors.map((error) => ({ ...error, field: '' })));
    const { batch } = answer.data.outcome;
    if (batch) {
      notice(t('intake.addressesPrepared', { code: batch.code }));
      void navigate(routes.intakeBatch(batch.id));
    }
    onClose();
  };
  return (
    <DialogForm
      title={t('intake.takeAddressesIn', { network: network.code })}
      submit={t('intake.submit')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('intake.takeAddressesText', { network: network.name, count: unclaimed })}</p>
    </DialogForm>
  );
}
