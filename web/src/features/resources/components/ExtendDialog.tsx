import { Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readFragment } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ExtendLineTermMutation, ExtendTermMutation, LifePoliciesQuery, LifePolicyRow } from '../life.gql';

const REASON_LONGEST = 500;

type Props = {
  resource: {
    /** Of a machine, or of a line of servers, places or services. */
    id: string;
    name: string;
    version: number;
    life: { temporaryUntil: string | null; extensionsUsed: number };
  };
  ofLine?: boolean;
  onClose: () => void;
};

/** Within the rule it is granted as it is asked; what goes beyond says that the center will be asked. */
export function ExtendDialog({ resource, ofLine = false, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [{ data }] = useQuery({ query: LifePoliciesQuery });
  const rules = readFragment(LifePolicyRow, data?.lifePolicies ?? []);
  const rule = (name: string) => rules.find((one) => one.name === name)?.value ?? '–';
  const [isLong, setLong] = useState(false);
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const form = useFormErrors();
  const machine = useOutcome(ExtendTermMutation);
  const line = useOutcome(ExtendLineTermMutation);

  const submit = async () => {
    const wrong: FormError[] = [];
    if (!isLong && !until) wrong.push({ field: 'until', message: t('life.dayMissing') });
    if (!reason.trim()) wrong.push({ field: 'reason', message: t('reclaim.reasonMissing') });
    if (wrong.length > 0) return form.refuse(wrong);
    const wish = { expectedVersion: resource.version, until: isLong ? null : until, reason: reason.trim() };
    const { data: sent, errors } = ofLine
      ? await line.send({ lineId: resource.id, ...wish })
      : await machine.send({ id: resource.id, ...wish });
    if (!sent) return form.refuse(errors);
    const granted = sent.outcome.extension?.state === 'GRANTED';
    notice(t(granted ? 'life.extendGranted' : 'life.extendAsked', { name: resource.name }));
    onClose();
  };

  return (
    <DialogForm
      title={t('life.extendTitle', { name: resource.name })}
      submit={t('resource.action.EXTEND')}
      busy={machine.busy || line.busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {t('life.extendText', {
          days: rule('EXTENSION_DAYS_MAX'),
          times: rule('EXTENSION_TIMES_MAX'),
          used: resource.life.extensionsUsed,
        })}
      </p>
      <Field field="wish" label={t('life.extendWish')} errors={form.errors}>
        {({ id }) => (
          <Radio.Group
            id={id}
            aria-label={t('life.extendWish')}
            value={isLong}
            onChange={(event) => setLong(event.target.value as boolean)}
            options={[
              { value: false, label: t('life.extendDay') },
              { value: true, label: t('life.extendLong') },
            ]}
          />
        )}
      </Field>
      {!isLong && (
        <Field
          field="until"
          label={t('life.untilLabel')}
          hint={resource.life.temporaryUntil && t('life.until', { day: resource.life.temporaryUntil })}
          errors={form.errors}
        >
          {(control) => (
            <Input
              {...control}
              type="date"
              min={resource.life.temporaryUntil ?? undefined}
              value={until}
              onChange={(event) => {
                setUntil(event.target.value);
                form.changed('until');
              }}
            />
          )}
        </Field>
      )}
      <ReasonBox
        field="reason"
        label={t('life.extendReason')}
        errors={form.errors}
        rows={2}
        showCount
        max={REASON_LONGEST}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}
