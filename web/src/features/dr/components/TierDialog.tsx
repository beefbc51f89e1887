import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { EditDrTierMutation } from '../dr.gql';
import type { Tier } from './TierTable';
import { TierChoices } from './tier-choices';

export function TierDialog({ tier, onClose }: { tier: Tier; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { dataKind, layer, party, source } = tier;
  const [words, setWords] = useState({ dataKind, layer, party, source, partyName: tier.partyName ?? '' });
  const { send, busy } = useOutcome(EditDrTierMutation);
  const submit = async () => {
    const input = { ...words, partyName: words.partyName.trim() || null };
    const { data, errors } = await send({ ...input, id: tier.id, expectedVersion: tier.version });
    if (!data) return form.refuse(errors);
    notice(t('dr.saved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('dr.editTitle', { tier: tier.name })}
      submit={t('dr.save')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <TierChoices words={words} errors={form.errors} onChange={setWords} />
    </DialogForm>
  );
}
