import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { BeginTrialMutation, TrialRulesQuery } from '../golive.gql';

type Props = { system: { id: string; name: string }; onClose: () => void };

/** Says by which rules the trial will go before it begins. */
export function BeginTrialDialog({ system, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const form = useFormErrors();
  const [{ data }] = useQuery({ query: TrialRulesQuery });
  const [begunOn, setBegunOn] = useState(exactTime(new Date().toISOString()).slice(0, 10));
  const { send, busy } = useOutcome(BeginTrialMutation);
  const rules = data?.goLivePolicy;
  const submit = async () => {
    if (!begunOn) return form.refuse([{ field: 'begunOn', message: t('goLive.dayMissing') }]);
    const { data: sent, errors } = await send({ systemId: system.id, begunOn });
    if (!sent) return form.refuse(errors);
    const begun = sent.outcome.case;
    notice(t('goLive.begun', { code: begun?.code }));
    onClose();
    if (begun) void navigate(routes.goLive(begun.id));
  };
  return (
    <DialogForm
      title={t('goLive.beginTitle', { name: system.name })}
      submit={t('goLive.begin')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {rules && (
        <p>
          {t('goLive.beginText', {
            days: rules.trialDays,
            kind: t(`goLive.dayKind.${rules.trialDayKind}`),
            parties: rules.parties.map(({ party }) => t(`goLive.party.${party}`)).join(t('goLive.comma')),
          })}
        </p>
      )}
      <Field
        field="begunOn"
        label={t('goLive.begunOn')}
        hint={rules && t('goLive.begunHint', { back: rules.beginBackDays, ahead: rules.beginAheadDays })}
        errors={form.errors}
      >
        {(control) => (
          <Input
            {...control}
            type="date"
            value={begunOn}
            onChange={(event) => {
              setBegunOn(event.target.value);
              form.changed('begunOn');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}
