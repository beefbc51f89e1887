import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoLiveDecision, GoLiveParty } from '../../../graphql/enums';
import type { UploadedFile } from '../../../lib/upload-file';
import { FileField } from '../../../ui/files/FileField';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { SignGoLiveMutation } from '../acts.gql';
import { OpinionField } from './OpinionField';

const NAME_LONGEST = 40;
const ORGANISATION_LONGEST = 120;

type Props = {
  golive: { id: string; round: number; checkCode: string | null };
  party: GoLiveParty;
  onPaper: boolean;
  onClose: () => void;
};

/** One party's word: with one's own name, or what somebody outside signed on paper, with its scan. */
export function SignDialog({ golive, party, onPaper, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [decision, setDecision] = useState<GoLiveDecision>('ACCEPT');
  const [opinion, setOpinion] = useState('');
  const [signerName, setSignerName] = useState('');
  const [organisation, setOrganisation] = useState('');
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const { send, busy } = useOutcome(SignGoLiveMutation);
  const submit = async () => {
    if (!opinion.trim()) return form.refuse([{ field: 'opinion', message: t('goLive.opinionMissing') }]);
    const { data, errors } = await send({
      id: golive.id,
      round: golive.round,
      party,
      decision,
      opinion: opinion.trim(),
      signerName: onPaper ? signerName.trim() : null,
      organisation: onPaper ? organisation.trim() : null,
      fileId: files[0]?.id ?? null,
    });
    if (!data) return form.refuse(errors);
    notice(t(data.outcome.case?.state === 'LIVE' ? 'goLive.isLive' : 'goLive.signed'));
    onClose();
  };
  return (
    <DialogForm
      title={t('goLive.signTitle', { party: t(`goLive.party.${party}`) })}
      submit={t(onPaper ? 'goLive.enterPaper' : 'goLive.sign')}
      danger={decision === 'REFUSE'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="jy-quiet-text">{t('goLive.signText', { code: golive.checkCode })}</p>
      <Field field="decision" label={t('goLive.decisionLabel')} errors={form.errors}>
        {({ id }) => (
          <Radio.Group
            id={id}
            aria-label={t('goLive.decisionLabel')}
            value={decision}
            onChange={(event) => setDecision(event.target.value as GoLiveDecision)}
            options={(['ACCEPT', 'REFUSE'] as const).map((value) => ({ value, label: t(`goLive.decision.${value}`) }))}
          />
        )}
      </Field>
      <OpinionField
        field="opinion"
        label={t('goLive.opinion')}
        hint={decision === 'REFUSE' ? t('goLive.refuseHint') : undefined}
        form={form}
        value={opinion}
        onChange={setOpinion}
      />
      {onPaper && (
        <>
          <TextBox
            field="signerName"
            label={t('goLive.signerName')}
            errors={form.errors}
            max={NAME_LONGEST}
            value={signerName}
            onChange={setSignerName}
          />
          <TextBox
            field="organisation"
            label={t('goLive.organisation')}
            errors={form.errors}
            max={ORGANISATION_LONGEST}
            value={organisation}
            onChange={setOrganisation}
          />
        </>
      )}
      <Field field="fileId" label={t('goLive.signedPage')} errors={form.errors} optional={!onPaper}>
        {(control) => (
          <FileField
            control={control}
            single
            files={files}
            onChange={(next) => {
              setFiles(next);
              form.changed('fileId');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}
