import { Button, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MembershipRole } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { type ChosenDepartment, DepartmentPicker } from '../components/DepartmentPicker';
import { AddMembershipMutation, type UserParts } from '../people.gql';
import { untilOfLastDay } from '../until';

const roles: readonly MembershipRole[] = ['APPLICANT', 'DEPARTMENT_HEAD', 'VENDOR_STAFF'];

type Props = { user: ResultOf<typeof UserParts>; onClose: () => void };

/** A role in another department; it says nothing anywhere else. */
export function MembershipForm({ user, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(AddMembershipMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [department, setDepartment] = useState<ChosenDepartment | null>(null);
  const [role, setRole] = useState<MembershipRole>('APPLICANT');
  const [lastDay, setLastDay] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!department) return refuse([{ field: 'departmentId', message: t('people.departmentMissing') }]);
    const { errors: refused } = await send({
      id: user.id,
      expectedVersion: user.version,
      departmentId: department.id,
      role,
      until: untilOfLastDay(lastDay),
    });
    if (refused.length > 0) return refuse(refused);
    notice(t('people.membershipAdded', { name: user.displayName, department: department.name }));
    onClose();
  };

  return (
    <Dialog title={t('people.membershipAdd')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p className="jy-quiet-text">{t('people.membershipText')}</p>
        <Field field="departmentId" label={t('people.department')} errors={errors}>
          {(control) => (
            <DepartmentPicker
              control={control}
              value={department}
              onChoose={(chosen) => {
                setDepartment(chosen);
                changed('departmentId');
              }}
            />
          )}
        </Field>
        <Field field="role" label={t('people.role')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={role}
              onChange={(chosen: MembershipRole) => setRole(chosen)}
              options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
            />
          )}
        </Field>
        <Field field="until" label={t('people.lastDay')} errors={errors} optional={role !== 'VENDOR_STAFF'}>
          {({ status: _status, ...control }) => (
            <input
              {...control}
              type="date"
              value={lastDay}
              onChange={(event) => {
                setLastDay(event.target.value);
                changed('until');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('people.membershipAdd')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
