import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { Department } from '../components/department-columns';
import { CreateDepartmentMutation, EditDepartmentMutation } from '../departments.gql';

const NAME_LONGEST = 80;
const CODE_LONGEST = 30;

type Props = {
  /** What is changed; null = a new one. */
  department: Department | null;
  /** The city of a new bureau; null = it stands on top. */
  city: Pick<Department, 'id' | 'name' | 'code'> | null;
  onClose: () => void;
};

export function DepartmentForm({ department, city, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const create = useOutcome(CreateDepartmentMutation);
  const edit = useOutcome(EditDepartmentMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [code, setCode] = useState(city ? `${city.code}-` : '');
  const [level, setLevel] = useState<'PROVINCE' | 'CITY'>('PROVINCE');
  const [name, setName] = useState(department?.name ?? '');
  const [contactName, setContactName] = useState(department?.contactName ?? '');
  const [contactPhone, setContactPhone] = useState(department?.contactPhone ?? '');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong: FormError[] = [];
    if (!department && !code.trim()) wrong.push({ field: 'code', message: t('department.codeMissing') });
    if (!name.trim()) wrong.push({ field: 'name', message: t('department.nameMissing') });
    if (wrong.length > 0) return refuse(wrong);
    const facts = {
      name: name.trim(),
      contactName: contactName.trim() || null,
      contactPhone: contactPhone.trim() || null,
    };
    const { errors: refused } = department
      ? await edit.send({ ...facts, id: department.id, expectedVersion: department.version })
      : await create.send({
          ...facts,
          code: code.trim(),
          level: city ? 'BUREAU' : level,
          parentId: city?.id ?? null,
        });
    if (refused.length > 0) return refuse(refused);
    notice(t(department ? 'department.saved' : 'department.created', { name: facts.name }));
    onClose();
  };
  const title = department
    ? t('department.editOf', { name: department.name })
    : city
      ? t('department.createIn', { name: city.name })
      : t('department.create');

  return (
    <Dialog title={title} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        {!department && !city && (
          <Field field="level" label={t('department.level')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={level}
                onChange={(chosen: 'PROVINCE' | 'CITY') => setLevel(chosen)}
                options={(['PROVINCE', 'CITY'] as const).map((value) => ({
                  value,
                  label: t(`department.levels.${value}`),
                }))}
              />
            )}
          </Field>
        )}
        {!department && (
          <Field
            field="code"
            label={t('department.code')}
            hint={city ? t('department.codeInCity', { code: city.code }) : t('department.codeHint')}
            errors={errors}
          >
            {(control) => (
              <Input
                {...control}
                autoFocus
                autoComplete="off"
                spellCheck={false}
                maxLength={CODE_LONGEST}
                value={code}
                onChange={(event) => {
                  setCode(event.target.value);
                  changed('code');
                }}
              />
            )}
          </Field>
        )}
        <Field field="name" label={t('department.name')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={NAME_LONGEST}
              value={name}
              onChange={(event) => {
                setName(event.target.value);
                changed('name');
              }}
            />
          )}
        </Field>
        <Field field="contactName" label={t('department.contactName')} errors={errors} optional>
          {(control) => (
            <Input
              {...control}
              maxLength={NAME_LONGEST}
              value={contactName}
              onChange={(event) => {
                setContactName(event.target.value);
                changed('contactName');
              }}
            />
          )}
        </Field>
        <Field field="contactPhone" label={t('department.contactPhone')} errors={errors} optional>
          {(control) => (
            <Input
              {...control}
              type="tel"
              value={contactPhone}
              onChange={(event) => {
                setContactPhone(event.target.value);
                changed('contactPhone');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={create.busy || edit.busy}>
            {department ? t('department.save') : t('department.createDo')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
