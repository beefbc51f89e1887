import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { yuanOfFen } from '../../../lib/money';
import { exactTime } from '../../../lib/time';
import type { UploadedFile } from '../../../lib/upload-file';
import { FileField } from '../../../ui/files/FileField';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { shareText, today } from '../components/spend-words';
import { DeductByRecordMutation, type DeductionProposalParts, FaultParts } from '../deductions.gql';

const NOTE_LONGEST = 300;
type Props = { proposal: ResultOf<typeof DeductionProposalParts>; month: string; onClose: () => void };

/** A deduction as the book of outages proposes it; what is another contract's is left out with a reason. */
export function RecordedDeductionDialog({ proposal, month, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(DeductByRecordMutation);
  const [leftOut, setLeftOut] = useState<ReadonlyMap<string, string>>(new Map());
  const [note, setNote] = useState('');
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const { contract, assessment } = proposal;
  const faults = readFragment(FaultParts, proposal.faults);
  const put = (outageId: string, reason: string | null) => {
    const next = new Map(leftOut);
    if (reason === null) next.delete(outageId);
    else next.set(outageId, reason);
    setLeftOut(next);
    form.changed('leftOut');
  };
  const submit = async () => {
    const answer = await send({
      ...{ contractId: contract.id, month, onDate: today(), note, fileIds: files.map(({ id }) => id) },
      leftOut: [...leftOut].map(([outageId, reason]) => ({ outageId, reason })),
    });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('entry.entered'));
    onClose();
  };
  const position = (outageId: string) => [...leftOut.keys()].indexOf(outageId);
  return (
    <DialogForm
      title={`${t('entry.deduct')} · ${contract.number} · ${month}`}
      submit={t('deduction.enter')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {assessment && (
        <p role="status">
          {t('entry.preview', {
            fee: yuanOfFen(assessment.fee),
            availability: shareText(assessment.availability),
            share: shareText(assessment.share),
            deduction: yuanOfFen(assessment.deduction),
          })}
        </p>
      )}
      <p className="jy-quiet-text">{t('deduction.leaveOutText')}</p>
      {faults.map((fault) => {
        const reason = leftOut.get(fault.outageId);
        return (
          <div key={fault.outageId}>
            <Checkbox
              checked={reason !== undefined}
              disabled={fault.countedMinutes === 0}
              onChange={(event) => put(fault.outageId, event.target.checked ? '' : null)}
            >
              {t('deduction.leaveOut')} <span className="jy-code">{fault.code}</span> {fault.title}{' '}
              <span className="jy-quiet-text jy-number">
                {exactTime(fault.from)} ·{' '}
                {t('deduction.countedOf', { counted: fault.countedMinutes, all: fault.minutes })}
              </span>
            </Checkbox>
            {reason !== undefined && (
              <Field
                field={`leftOut.${position(fault.outageId)}.reason`}
                label={t('deduction.leftOutReason')}
                errors={form.errors}
              >
                {(control) => (
                  <Input
                    {...control}
                    maxLength={NOTE_LONGEST}
                    value={reason}
                    onChange={(event) => {
                      put(fault.outageId, event.target.value);
                      form.changed(`leftOut.${position(fault.outageId)}.reason`);
                    }}
                  />
                )}
              </Field>
            )}
          </div>
        );
      })}
      {leftOut.size > 0 && <p className="jy-quiet-text">{t('deduction.reckonedAnew')}</p>}
      <Field field="fileIds" label={t('spend.files')} hint={t('deduction.filesHint')} optional errors={form.errors}>
        {(control) => <FileField control={control} files={files} onChange={setFiles} />}
      </Field>
      <ReasonBox
        field="note"
        label={t('spend.note')}
        errors={form.errors}
        optional
        max={NOTE_LONGEST}
        value={note}
        onChange={setNote}
      />
    </DialogForm>
  );
}
