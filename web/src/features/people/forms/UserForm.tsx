import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { useViewer } from '../../../ui/viewer-context';
import { type ChosenDepartment, DepartmentPicker } from '../components/DepartmentPicker';
import { CreateUserMutation, EditUserMutation, type UserParts } from '../people.gql';

const NAME_LONGEST = 80;

type Props = {
  /** null = a new one. */
  user: ResultOf<typeof UserParts> | null;
  onCreated?: (created: { username: string; password: string | null }) => void;
  onClose: () => void;
};

/** Makes an account or changes what is said of its owner. What he may do is another form, often of another administrator. */
export function UserForm({ user, onCreated, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { permissions } = useViewer();
  const create = useOutcome(CreateUserMutation);
  const edit = useOutcome(EditUserMutation);
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState(user?.displayName ?? '');
  const [phone, setPhone] = useState(user?.phone ?? '');
  const [department, setDepartment] = useState<ChosenDepartment | null>(user?.department ?? null);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const inCity = !permissions.some((p) => p.object === 'USER' && p.action === 'CREATE' && p.scope === 'PROVINCE');
  const moves = user !== null && user.department?.id !== department?.id;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const wrong: FormError[] = [];
    if (!user && !username.trim()) wrong.push({ field: 'username', message: t('people.usernameMissing') });
    if (!displayName.trim()) wrong.push({ field: 'displayName', message: t('people.displayNameMissing') });
    if (wrong.length > 0) return refuse(wrong);
    const facts = {
      displayName: displayName.trim(),
      phone: phone.trim() || null,
      departmentId: department?.id ?? null,
    };
    if (user) {
      const { errors: refused } = await edit.send({ ...facts, id: user.id, expectedVersion: user.version });
      if (refused.length > 0) return refuse(refused);
      notice(t('people.saved'));
      return onClose();
    }
    const { data, errors: refused } = await create.send({ ...facts, username: username.trim() });
    if (!data) return refuse(refused);
    onCreated?.({ username: data.outcome.user?.username ?? username, password: data.outcome.initialPassword });
  };

  return (
    <Dialog title={user ? t('people.edit') : t('people.create')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void send(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        {!user && (
          <Field
            field="username"
            label={t('people.username')}
            hint={
              inCity && department ? t('people.usernameInCity', { code: department.code }) : t('people.usernameHint')
            }
            errors={errors}
          >
            {(control) => (
              <Input
                {...control}
                autoFocus
                autoComplete="off"
                spellCheck={false}
                value={username}
                onChange={(event) => {
                  setUsername(event.target.value);
                  changed('username');
                }}
              />
            )}
          </Field>
        )}
        <Field field="displayName" label={t('people.displayName')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={NAME_LONGEST}
              value={displayName}
              onChange={(event) => {
                setDisplayName(event.target.value);
                changed('displayName');
              }}
            />
          )}
        </Field>
        <Field field="phone" label={t('people.phone')} errors={errors} optional>
          {(control) => (
            <Input
              {...control}
              type="tel"
              autoComplete="off"
              value={phone}
              onChange={(event) => {
                setPhone(event.target.value);
                changed('phone');
              }}
            />
          )}
        </Field>
        <Field
          field="departmentId"
          label={t('people.department')}
          hint={moves && user.roles.length > 0 ? t('people.moveHint') : undefined}
          errors={errors}
          optional={!inCity}
        >
          {(control) => (
            <DepartmentPicker
              control={control}
              value={department}
              onChoose={(chosen) => {
                setDepartment(chosen);
                changed('departmentId', 'username');
              }}
            />
          )}
        </Field>
        {!user && <p className="jy-quiet-text">{t('people.createText')}</p>}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={create.busy || edit.busy}>
            {user ? t('people.save') : t('people.createDo')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
