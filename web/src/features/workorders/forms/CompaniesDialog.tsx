import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { CompanyChoicesQuery, SaveCompanyMutation } from '../workorders.gql';

const NEW = '';

/** Which companies work here, and which accounts are theirs. */
export function CompaniesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [{ data }] = useQuery({ query: CompanyChoicesQuery, requestPolicy: 'cache-and-network' });
  const { send, busy } = useOutcome(SaveCompanyMutation);
  const companies = data?.providerCompanies ?? [];
  const [chosen, setChosen] = useState(NEW);
  const company = companies.find(({ id }) => id === chosen);
  const [draft, setDraft] = useState({ name: '', people: '', active: 'yes' as 'yes' | 'no' });
  const choose = (id: string) => {
    const found = companies.find((each) => each.id === id);
    setChosen(id);
    setDraft({
      name: found?.name ?? '',
      people: (found?.members ?? []).map((member) => member.username).join(' '),
      active: found && !found.active ? 'no' : 'yes',
    });
  };
  const submit = async () => {
    const answer = await send({
      id: company?.id ?? null,
      expectedVersion: company?.version ?? null,
      name: draft.name,
      active: draft.active === 'yes',
      usernames: draft.people.split(/[\s,，、]+/).filter(Boolean),
    });
    if (!answer.data)
      return form.refuse(
        answer.errors.map((error) => (error.field.startsWith('usernames') ? { ...error, field: 'usernames' } : error)),
      );
    notice(t('work.companySaved', { name: draft.name.trim() }));
    onClose();
  };
  return (
    <DialogForm
      title={t('work.companies')}
      submit={t('work.save')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChoiceBox
        field="id"
        label={t('work.company')}
        errors={form.errors}
        value={chosen}
        options={[
          { value: NEW, label: t('work.newCompany') },
          ...companies.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={choose}
      />
      <TextBox
        field="name"
        label={t('work.companyName')}
        errors={form.errors}
        max={60}
        value={draft.name}
        onChange={(name) => setDraft((now) => ({ ...now, name }))}
      />
      <Field
        field="usernames"
        label={t('work.companyPeople')}
        hint={t('work.companyPeopleHint')}
        errors={form.errors}
        optional
      >
        {(control) => (
          <Input.TextArea
            {...control}
            rows={4}
            value={draft.people}
            onChange={(event) => setDraft((now) => ({ ...now, people: event.target.value }))}
          />
        )}
      </Field>
      {company && (
        <ChoiceBox
          field="active"
          label={t('resource.state')}
          errors={form.errors}
          value={draft.active}
          options={[
            { value: 'yes', label: t('work.companyOpen') },
            { value: 'no', label: t('work.companyClosed') },
          ]}
          onChange={(active) => setDraft((now) => ({ ...now, active }))}
        />
      )}
    </DialogForm>
  );
}
