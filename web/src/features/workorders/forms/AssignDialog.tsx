import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { useViewer } from '../../../ui/viewer-context';
import { AssignWorkOrderMutation, CompanyChoicesQuery, OpenWorkOrderMutation } from '../workorders.gql';
import { momentOf, textOfMoment } from './moments';
import { WindowFields } from './WindowFields';

type Props = {
  act: 'OPEN' | 'ASSIGN';
  order: { id: string; code: string; version: number; windowFrom: string | null; windowTo: string | null };
  onClose: () => void;
};
/** In place of a company: the engineer does it himself. */
const SELF = 'self';

/** 派单: to which company, and to whom of it; from here on the window is kept. */
export function AssignDialog({ act, order, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const viewer = useViewer();
  const form = useFormErrors();
  const [{ data }] = useQuery({ query: CompanyChoicesQuery, requestPolicy: 'cache-and-network' });
  const open = useOutcome(OpenWorkOrderMutation);
  const assign = useOutcome(AssignWorkOrderMutation);
  const { send, busy } = act === 'OPEN' ? open : assign;
  const companies = (data?.providerCompanies ?? []).filter((company) => company.active);
  const [chosen, setChosen] = useState<string | null>(null);
  const company = chosen ?? companies[0]?.id ?? SELF;
  const [person, setPerson] = useState('');
  const [window, setWindow] = useState({ from: textOfMoment(order.windowFrom), to: textOfMoment(order.windowTo) });
  const [overlapReason, setOverlapReason] = useState('');
  const members = companies.find((each) => each.id === company)?.members ?? [];
  const asksWhy = form.errors.some((error) => error.field === 'overlapReason') || overlapReason !== '';

  const submit = async () => {
    const answer = await send({
      id: order.id,
      expectedVersion: order.version,
      companyId: company === SELF ? null : company,
      assigneeId: company === SELF ? viewer.id : person || null,
      windowFrom: momentOf(window.from),
      windowTo: momentOf(window.to),
      overlapReason: overlapReason.trim() || null,
    });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('work.acted', { act: t(`work.action.${act}`), code: order.code }));
    onClose();
  };
  return (
    <DialogForm
      title={t('work.actTitle', { act: t(`work.action.${act}`), code: order.code })}
      submit={t(`work.action.${act}`)}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChoiceBox
        field="companyId"
        label={t('work.company')}
        errors={form.errors}
        value={company}
        options={[
          ...companies.map(({ id, name }) => ({ value: id, label: name })),
          { value: SELF, label: t('work.self') },
        ]}
        onChange={(id) => {
          setChosen(id);
          setPerson('');
        }}
      />
      {company !== SELF && (
        <ChoiceBox
          field="assigneeId"
          label={t('work.person')}
          errors={form.errors}
          optional
          value={person}
          options={[
            { value: '', label: t('work.anybody') },
            ...members.map(({ id, displayName }) => ({ value: id, label: displayName })),
          ]}
          onChange={setPerson}
        />
      )}
      <WindowFields
        from={window.from}
        to={window.to}
        errors={form.errors}
        // The order keeps its own where none is given.
        optional
        onChange={(patch) => setWindow((now) => ({ ...now, ...patch }))}
      />
      {asksWhy && (
        <Field field="overlapReason" label={t('work.overlapReason')} hint={t('work.overlapHint')} errors={form.errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={overlapReason}
              onChange={(event) => {
                setOverlapReason(event.target.value);
                form.changed('overlapReason');
              }}
            />
          )}
        </Field>
      )}
    </DialogForm>
  );
}
