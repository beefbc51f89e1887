import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { plainYuanOfFen } from '../../../lib/money';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { plainPrice } from '../components/contract-terms';
import { dayAfter, dayBefore, today } from '../components/spend-words';
import { EnterSupplementMutation } from '../contract-life.gql';
import type { ContractParts } from '../spend.gql';
import { AssessmentRows, type RuleDraft } from './AssessmentRows';
import { DateBox, positiveFen, YuanBox } from './amounts';
import { assessmentOf, newService, type ServiceDraft, servicesOf } from './contract-draft';
import { ServiceRows } from './ServiceRows';

const LONGEST = { number: 80, reason: 300 } as const;

type Props = { contract: ResultOf<typeof ContractParts>; onClose: () => void };

/** 录入补充协议: what is written as it was stays as it was; it holds once another person has confirmed it. */
export function SupplementDialog({ contract, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(EnterSupplementMutation);
  const form = useFormErrors();
  const [facts, setFacts] = useState({
    ...{ number: '', signedOn: today(), from: today(), reason: '' },
    ...{ ceiling: plainYuanOfFen(contract.figures.ceiling), advanceLimit: plainYuanOfFen(contract.advance.limit) },
    last: dayBefore(contract.to),
  });
  const [repricing, setRepricing] = useState(false);
  const [rule, setRule] = useState<RuleDraft>({ bands: [], cap: '20', contractCap: '' });
  const [services, setServices] = useState<ServiceDraft[]>(() =>
    contract.services.map(({ name, unit, unitPrice }) => ({
      ...newService(),
      ...{ name, unit, unitPrice: plainPrice(unitPrice) },
    })),
  );
  const put = (field: keyof typeof facts) => (value: string) => {
    setFacts((now) => ({ ...now, [field]: value }));
    form.changed(field === 'last' ? 'to' : field);
  };
  const submit = async () => {
    const { from, last, number, reason, signedOn } = facts;
    const [ceiling, advanceLimit] = [positiveFen(facts.ceiling), fenOfYuan(facts.advanceLimit || '0')];
    const wrong: FormError[] = [];
    if (!number.trim()) wrong.push({ field: 'number', message: t('contract.required') });
    if (!signedOn) wrong.push({ field: 'signedOn', message: t('spend.dateMissing') });
    if (!from) wrong.push({ field: 'from', message: t('spend.dateMissing') });
    if (!last) wrong.push({ field: 'to', message: t('spend.dateMissing') });
    if (ceiling === null) wrong.push({ field: 'ceiling', message: t('contract.ceilingMissing') });
    if (advanceLimit === null) wrong.push({ field: 'advanceLimit', message: t('spend.amountWrong') });
    if (!reason.trim()) wrong.push({ field: 'reason', message: t('entry.reasonMissing') });
    if (ceiling === null || advanceLimit === null || wrong.length > 0) return form.refuse(wrong);
    const answer = await send({
      ...{ contractId: contract.id, number, signedOn, from, reason, ceiling, advanceLimit, to: dayAfter(last) },
      services: repricing ? servicesOf(services) : null,
      assessment: assessmentOf(rule.bands, rule.cap, rule.contractCap),
    });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('supplement.entered'));
    onClose();
  };
  const { errors, accept } = form;
  return (
    <DialogForm
      title={t('supplement.enter')}
      submit={t('supplement.enter')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="jy-hint">{t('supplement.lead')}</p>
      <TextBox
        field="number"
        label={t('supplement.number')}
        errors={errors}
        max={LONGEST.number}
        value={facts.number}
        onChange={put('number')}
      />
      <div className="jy-spend-pair">
        <DateBox
          field="signedOn"
          label={t('supplement.signedOn')}
          errors={errors}
          value={facts.signedOn}
          onChange={put('signedOn')}
        />
        <DateBox field="from" label={t('supplement.from')} errors={errors} value={facts.from} onChange={put('from')} />
      </div>
      <YuanBox
        field="ceiling"
        label={t('contract.ceiling')}
        errors={errors}
        value={facts.ceiling}
        onChange={put('ceiling')}
      />
      <DateBox field="to" label={t('contract.lastDay')} errors={errors} value={facts.last} onChange={put('last')} />
      <YuanBox
        field="advanceLimit"
        label={t('contract.advanceLimit')}
        hint={t('contract.advanceHint')}
        errors={errors}
        value={facts.advanceLimit}
        onChange={put('advanceLimit')}
      />
      <p>
        <Checkbox checked={repricing} onChange={(event) => setRepricing(event.target.checked)}>
          {t('supplement.reprices')}
        </Checkbox>
      </p>
      {repricing && (
        <ServiceRows
          services={services}
          errors={errors}
          onChange={(rows) => {
            setServices(rows);
            accept();
          }}
        />
      )}
      <AssessmentRows
        rule={rule}
        errors={errors}
        onChange={(change, field) => {
          setRule((now) => ({ ...now, ...change }));
          if (field === null) accept();
          else form.changed(field);
        }}
      />
      <p className="jy-hint">{t('supplement.ruleHint')}</p>
      <ReasonBox
        field="reason"
        label={t('supplement.reason')}
        errors={errors}
        max={LONGEST.reason}
        value={facts.reason}
        onChange={put('reason')}
      />
    </DialogForm>
  );
}
