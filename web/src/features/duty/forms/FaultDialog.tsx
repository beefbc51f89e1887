import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutageLayer, OutageLiability } from '../../../graphql/enums';
import { exactTime } from '../../../lib/time';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { Ticket, TicketLine } from '../duty.gql';
import { ConfirmFaultMutation, DenyFaultMutation } from '../duty-acts.gql';

const layers: readonly OutageLayer[] = ['PLATFORM', 'HARDWARE', 'ROOM', 'POWER', 'NETWORK', 'SECURITY', 'SOFTWARE'];
type Verdict = 'PROVIDER' | 'EXCUSED' | 'NONE';
const verdicts: readonly Verdict[] = ['PROVIDER', 'EXCUSED', 'NONE'];
const LONGEST = { text: 300, code: 30 };

/** 认定故障时长: whose fault, which layer, or that none of it counts. Once. */
export function FaultDialog({ ticket, row, onClose }: { ticket: Ticket; row: TicketLine; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [verdict, setVerdict] = useState<Verdict>('PROVIDER');
  const [layer, setLayer] = useState<OutageLayer>('PLATFORM');
  const [words, setWords] = useState({ excuse: '', reason: '', outageCode: '' });
  const confirm = useOutcome(ConfirmFaultMutation);
  const deny = useOutcome(DenyFaultMutation);
  const put = (field: keyof typeof words) => (value: string) => {
    setWords({ ...words, [field]: value });
    form.changed(field);
  };
  const submit = async () => {
    const act = { id: row.id, expectedVersion: row.version };
    const answer = await (verdict === 'NONE'
      ? deny.send({ ...act, reason: words.reason })
      : confirm.send({
          ...{ ...act, layer, liability: verdict as OutageLiability },
          excuse: verdict === 'EXCUSED' ? words.excuse : null,
          outageCode: words.outageCode.trim() || null,
        }));
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('desk.faultDecided'));
    onClose();
  };
  const { fault } = ticket;
  return (
    <DialogForm
      title={`${t('desk.fault')} ${row.code}`}
      submit={t('desk.fault')}
      busy={confirm.busy || deny.busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {fault && (
        <p>
          {t('desk.faultSpan', { from: exactTime(fault.from), to: exactTime(fault.to), n: fault.minutes })}
          <span className="jy-quiet-text"> {t('desk.faultOnce')}</span>
        </p>
      )}
      <ChoiceBox
        field="liability"
        label={t('desk.verdict')}
        errors={form.errors}
        value={verdict}
        options={verdicts.map((value) => ({ value, label: t(`desk.verdicts.${value}`) }))}
        onChange={(value) => {
          setVerdict(value);
          form.changed('liability', 'excuse', 'reason');
        }}
      />
      {verdict === 'NONE' ? (
        <ReasonBox
          field="reason"
          label={t('desk.whyNone')}
          errors={form.errors}
          max={LONGEST.text}
          value={words.reason}
          onChange={put('reason')}
        />
      ) : (
        <>
          <ChoiceBox
            field="layer"
            label={t('outage.layer')}
            errors={form.errors}
            value={layer}
            options={layers.map((value) => ({ value, label: t(`outage.layers.${value}`) }))}
            onChange={setLayer}
          />
          {verdict === 'EXCUSED' && (
            <ReasonBox
              field="excuse"
              label={t('outage.excuse')}
              rows={2}
              errors={form.errors}
              max={LONGEST.text}
              value={words.excuse}
              onChange={put('excuse')}
            />
          )}
          <TextBox
            field="outageCode"
            label={t('desk.outageCode')}
            hint={t('desk.outageCodeHint')}
            optional
            errors={form.errors}
            max={LONGEST.code}
            value={words.outageCode}
            onChange={put('outageCode')}
          />
        </>
      )}
    </DialogForm>
  );
}
