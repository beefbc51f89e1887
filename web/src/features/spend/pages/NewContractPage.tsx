import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import type { ContractKind } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { routes } from '../../../lib/routes';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { PageForm } from '../../../ui/forms/PageForm';
import { SearchSelect, useSelectSearch } from '../../../ui/forms/SearchSelect';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { contractKinds, today } from '../components/spend-words';
import { AssessmentRows, type RuleDraft } from '../forms/AssessmentRows';
import { DateBox, positiveFen, YuanBox } from '../forms/amounts';
import {
  assessmentOf,
  instalmentsOf,
  newInstalment,
  newService,
  periodOf,
  ROWS_MAX,
  type ServiceDraft,
  servicesOf,
} from '../forms/contract-draft';
import { RowEditor } from '../forms/RowEditor';
import { ServiceRows } from '../forms/ServiceRows';
import { EnterContractMutation, NewContractQuery } from '../spend.gql';

const LONGEST = { number: 80, name: 160, note: 300, unit: 20, condition: 300 } as const;
const WEIGHT_MAX = 1_000_000;

/** 录入合同: as the paper has it; it binds nobody until another person has confirmed it. */
export function NewContractPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const typing = useSelectSearch();
  const [{ data, error, fetching }, ask] = useQuery({ query: NewContractQuery, variables: { search: typing.search } });
  const { send, busy } = useOutcome(EnterContractMutation);
  const form = useFormErrors();
  const [facts, setFacts] = useState({
    ...{ supplierId: '', number: '', name: '', ceiling: '', advanceLimit: '', note: '' },
    ...{ from: `${today().slice(0, 4)}-01-01`, last: `${today().slice(0, 4)}-12-31` },
  });
  const [kind, setKind] = useState<ContractKind>('CLOUD_PLATFORM');
  const [services, setServices] = useState<ServiceDraft[]>([newService()]);
  const [instalments, setInstalments] = useState([newInstalment()]);
  const [rule, setRule] = useState<RuleDraft>({ bands: [], cap: '20', contractCap: '' });
  const [weights, setWeights] = useState<Readonly<Record<string, number | null>>>({});
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={<Link to={routes.contracts()}>{t('contract.list')}</Link>}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const { centers, suppliers } = data;
  const put = (field: keyof typeof facts) => (value: string) => {
    setFacts((now) => ({ ...now, [field]: value }));
    form.changed(field === 'last' ? 'to' : field);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const ceiling = positiveFen(facts.ceiling);
    const wrong: FormError[] = [];
    if (!facts.supplierId) wrong.push({ field: 'supplierId', message: t('contract.supplierMissing') });
    for (const field of ['number', 'name'] as const)
      if (!facts[field].trim()) wrong.push({ field, message: t('contract.required') });
    if (ceiling === null) wrong.push({ field: 'ceiling', message: t('contract.ceilingMissing') });
    const advanceLimit = fenOfYuan(facts.advanceLimit || '0');
    if (advanceLimit === null) wrong.push({ field: 'advanceLimit', message: t('spend.amountWrong') });
    if (ceiling === null || advanceLimit === null || wrong.length > 0) return form.refuse(wrong);
    const { supplierId, number, name, note, from, last } = facts;
    const answer = await send({
      ...{ supplierId, number, name, note, kind, ceiling, advanceLimit, ...periodOf(from, last) },
      services: servicesOf(services),
      instalments: instalmentsOf(instalments),
      shares: centers.map(({ id }) => ({ centerId: id, weight: weights[id] ?? 0 })),
      assessment: assessmentOf(rule.bands, rule.cap, rule.contractCap),
    });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('contract.created'));
    const made = answer.data.outcome.contract;
    void navigate(made ? routes.contract(made.id) : routes.contracts());
  };
  const { errors, accept } = form;
  return (
    <>
      <PageHeader title={t('contract.create')} back={<Link to={routes.contracts()}>{t('contract.list')}</Link>}>
        {t('contract.createLead')}
      </PageHeader>
      <PageForm
        errors={errors}
        refusals={form.refusals}
        busy={busy}
        submit={t('contract.create')}
        onSubmit={submit}
        onCancel={() => void navigate(routes.contracts())}
      >
        <Field field="supplierId" label={t('contract.supplier')} hint={t('contract.supplierHint')} errors={errors}>
          {(control) => (
            <SearchSelect
              control={control}
              typing={typing}
              value={facts.supplierId}
              onChange={put('supplierId')}
              found={suppliers.nodes.map(({ id, name, creditCode }) => ({ value: id, label: `${name} ${creditCode}` }))}
              named={undefined}
              fetching={fetching}
            />
          )}
        </Field>
        <TextBox
          field="number"
          label={t('contract.number')}
          hint={t('contract.numberHint')}
          errors={errors}
          max={LONGEST.number}
          value={facts.number}
          onChange={put('number')}
        />
        <TextBox
          field="name"
          label={t('contract.name')}
          errors={errors}
          max={LONGEST.name}
          value={facts.name}
          onChange={put('name')}
        />
        <ChoiceBox
          field="kind"
          label={t('contract.kind')}
          errors={errors}
          value={kind}
          options={contractKinds.map((value) => ({ value, label: t(`spend.kinds.${value}`) }))}
          onChange={setKind}
        />
        <YuanBox
          field="ceiling"
          label={t('contract.ceiling')}
          errors={errors}
          value={facts.ceiling}
          onChange={put('ceiling')}
        />
        <YuanBox
          field="advanceLimit"
          label={t('contract.advanceLimit')}
          hint={t('contract.advanceHint')}
          errors={errors}
          optional
          value={facts.advanceLimit}
          onChange={put('advanceLimit')}
        />
        <div className="jy-spend-pair">
          <DateBox field="from" label={t('contract.from')} errors={errors} value={facts.from} onChange={put('from')} />
          <DateBox field="to" label={t('contract.lastDay')} errors={errors} value={facts.last} onChange={put('last')} />
        </div>
        <fieldset className="jy-spend-rows" id="field-shares" tabIndex={-1}>
          <legend>{t('contract.shares')}</legend>
          <p className="jy-hint">{t('contract.sharesHint')}</p>
          {centers.map(({ id, name }, at) => (
            <NumberBox
              key={id}
              field={`shares.${at}.weight`}
              label={`${name} · ${t('contract.weight')}`}
              errors={errors}
              optional
              max={WEIGHT_MAX}
              value={weights[id] ?? null}
              onChange={(weight) => {
                setWeights((now) => ({ ...now, [id]: weight }));
                accept();
              }}
            />
          ))}
        </fieldset>
        <ServiceRows
          services={services}
          errors={errors}
          onChange={(rows) => {
            setServices(rows);
            accept();
          }}
        />
        <RowEditor
          field="instalments"
          title={t('contract.plan')}
          add={t('contract.addInstalment')}
          rows={instalments}
          max={ROWS_MAX}
          make={newInstalment}
          onChange={(rows) => {
            setInstalments(rows);
            accept();
          }}
        >
          {(row, at, change) => (
            <>
              <DateBox
                field={`instalments.${at}.dueOn`}
                label={t('contract.dueOn')}
                errors={errors}
                value={row.dueOn}
                onChange={(dueOn) => change({ dueOn })}
              />
              <TextBox
                field={`instalments.${at}.amount`}
                label={t('spend.amount')}
                errors={errors}
                max={LONGEST.unit}
                value={row.amount}
                onChange={(amount) => change({ amount })}
              />
              <TextBox
                field={`instalments.${at}.condition`}
                label={t('contract.condition')}
                errors={errors}
                max={LONGEST.condition}
                value={row.condition}
                onChange={(condition) => change({ condition })}
              />
            </>
          )}
        </RowEditor>
        <AssessmentRows
          rule={rule}
          errors={errors}
          onChange={(change, field) => {
            setRule((now) => ({ ...now, ...change }));
            if (field === null) accept();
            else form.changed(field);
          }}
        />
        <ReasonBox
          field="note"
          label={t('contract.note')}
          errors={errors}
          optional
          max={LONGEST.note}
          value={facts.note}
          onChange={put('note')}
        />
      </PageForm>
    </>
  );
}
