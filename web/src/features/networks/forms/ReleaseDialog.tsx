import { useTranslation } from 'react-i18next';
import { Facts } from '../../../ui/Facts';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { Claim } from '../components/address-columns';
import { HolderLink } from '../components/HolderLink';
import { ReleaseAddressMutation } from '../networks.gql';

/** Shows once more whose it is, because nobody takes an address out of a machine from here. */
export function ReleaseDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(ReleaseAddressMutation);
  const rests = claim.state === 'ALLOCATED';
  const submit = async () => {
    const answer = await send({ id: claim.id, expectedVersion: claim.version });
    // There is no field here that anything could be wrong in.
    if (!answer.data) return form.refuse(answer.errors.map((error) => ({ ...error, field: '' })));
    notice(t(rests ? 'network.releasedToRest' : 'network.released', { address: claim.address }));
    onClose();
  };
  return (
    <DialogForm
      title={t('network.releaseTitle', { address: claim.address })}
      submit={t('network.release')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="jy-dialog-facts">
        <Facts
          facts={[
            { label: t('network.holder'), value: <HolderLink holder={claim.holder} /> },
            { label: t('request.department'), value: claim.department?.name ?? '–' },
            { label: t('network.purpose'), value: claim.purpose, wide: true },
          ]}
        />
      </div>
      <p>{t(rests ? 'network.releaseToRestText' : 'network.releaseText')}</p>
    </DialogForm>
  );
}
