import { Button, Checkbox } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { fieldId } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { useViewer } from '../../../ui/viewer-context';
import { SetUserRolesMutation, type UserParts } from '../people.gql';
import { lastDayOf, untilOfLastDay } from '../until';

/** In groups, as they work together; the last group's members exclude each other and everything else. */
const groups = {
  department: ['APPLICANT', 'DEPARTMENT_HEAD', 'VENDOR_STAFF'],
  province: [
    'CITY_ADMINISTRATOR',
    'CITY_FINANCE',
    'CENTER_ACCEPTANCE',
    'CENTER_REVIEWER',
    'CAPACITY_ALLOCATOR',
    'FACILITY_ENGINEER',
    'PROVIDER_OPERATOR',
    'CLOUD_AUTHORITY',
    'LEADER',
    'FINANCE',
    'DR_OPERATOR',
    'DUTY_ENGINEER',
    'ASSESSOR',
  ],
  administrators: ['SYSTEM_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR', 'AUDIT_ADMINISTRATOR'],
} as const satisfies Record<string, readonly Role[]>;
type Group = keyof typeof groups;
const endless: readonly Role[] = groups.administrators;

type Props = { user: ResultOf<typeof UserParts>; onClose: () => void };

export function RolesForm({ user, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { permissions } = useViewer();
  const { send, busy } = useOutcome(SetUserRolesMutation);
  const { errors, refusals, refuse, accept } = useFormErrors();
  const [held, setHeld] = useState<ReadonlyMap<Role, string>>(
    new Map(user.roles.map(({ role, until }) => [role, until ? lastDayOf(until) : ''])),
  );
  const everywhere = permissions.some((p) => p.object === 'ROLE' && p.action === 'EDIT' && p.scope === 'PROVINCE');
  const shown: Group[] = everywhere ? ['department', 'province', 'administrators'] : ['department'];

  const put = (role: Role, lastDay: string | null) => {
    const next = new Map(held);
    if (lastDay === null) next.delete(role);
    else next.set(role, lastDay);
    setHeld(next);
    accept();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const roles = [...held].map(([role, day]) => ({ role, until: untilOfLastDay(day) }));
    const { errors: refused } = await send({ id: user.id, expectedVersion: user.version, roles });
    // The server counts the roles as they were sent; here each has a name.
    if (refused.length > 0)
      return refuse(
        refused.map(({ field, message }) => {
          const role = roles[Number(/^roles\.(\d+)/.exec(field)?.[1] ?? -1)]?.role;
          return role ? { field: `role.${role}`, message: `${t(`role.${role}`)}: ${message}` } : { field, message };
        }),
      );
    notice(t('people.rolesSaved', { name: user.displayName }));
    onClose();
  };

  return (
    <Dialog title={t('people.rolesOf', { name: user.displayName })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p className="jy-quiet-text">{t('people.rolesText')}</p>
        {shown.map((group) => (
          <fieldset key={group} className="jy-role-group">
            <legend>{t(`people.roleGroup.${group}`)}</legend>
            {groups[group].map((role) => (
              <div key={role} className="jy-role-line">
                <Checkbox
                  id={fieldId(`role.${role}`)}
                  checked={held.has(role)}
                  onChange={(event) => put(role, event.target.checked ? '' : null)}
                >
                  {t(`role.${role}`)}
                </Checkbox>
                {held.has(role) && !endless.includes(role) && (
                  <label className="jy-role-until">
                    <span>{t('people.lastDay')}</span>
                    <input
                      type="date"
                      aria-label={t('people.lastDayOf', { role: t(`role.${role}`) })}
                      required={role === 'VENDOR_STAFF'}
                      value={held.get(role)}
                      onChange={(event) => put(role, event.target.value)}
                    />
                  </label>
                )}
              </div>
            ))}
          </fieldset>
        ))}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('people.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
