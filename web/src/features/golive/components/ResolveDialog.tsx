import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ResolveTrialIncidentMutation } from '../acts.gql';
import { OpinionField } from './OpinionField';

const RESOLUTION_LONGEST = 1_000;

type Props = {
  golive: { id: string; version: number };
  entry: { id: string; day: string; text: string };
  onClose: () => void;
};

export function ResolveDialog({ golive, entry, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [resolution, setResolution] = useState('');
  const { send, busy } = useOutcome(ResolveTrialIncidentMutation);
  const submit = async () => {
    if (!resolution.trim()) return form.refuse([{ field: 'resolution', message: t('goLive.textMissing') }]);
    const { data, errors } = await send({
      id: golive.id,
      expectedVersion: golive.version,
      entryId: entry.id,
      resolution: resolution.trim(),
    });
    if (!data) return form.refuse(errors);
    notice(t('goLive.resolved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('goLive.resolveTitle', { day: entry.day })}
      submit={t('goLive.resolve')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <blockquote className="jy-opinion">{entry.text}</blockquote>
      <OpinionField
        field="resolution"
        label={t('goLive.resolution')}
        longest={RESOLUTION_LONGEST}
        form={form}
        value={resolution}
        onChange={setResolution}
      />
    </DialogForm>
  );
}
