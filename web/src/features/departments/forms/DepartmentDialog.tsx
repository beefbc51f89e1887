import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import { Dialog } from '../../../ui/Dialog';
import { Facts } from '../../../ui/Facts';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { StateTag } from '../../../ui/StateTag';
import { type Department, departmentStates } from '../components/department-columns';
import { CloseDepartmentMutation } from '../departments.gql';

type Props = {
  department: Department;
  seesUsers: boolean;
  onEdit: () => void;
  onAddBureau: () => void;
  onClose: () => void;
};

/** One department, with what the viewer may do to it. */
export function DepartmentDialog({ department, seesUsers, onEdit, onAddBureau, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const close = useOutcome(CloseDepartmentMutation);
  const { errors, refusals, refuse } = useFormErrors();
  const [closing, setClosing] = useState(false);
  const shut = async () => {
    const { errors: refused } = await close.send({ id: department.id, expectedVersion: department.version });
    if (refused.length > 0) return refuse(refused);
    notice(t('department.closed', { name: department.name }));
    onClose();
  };
  return (
    <Dialog title={department.name} onClose={onClose}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Facts
        facts={[
          { label: t('department.code'), value: <code>{department.code}</code> },
          { label: t('department.level'), value: t(`department.levels.${department.level}`) },
          ...(department.parent ? [{ label: t('department.city'), value: department.parent.name }] : []),
          {
            label: t('department.state'),
            value: (
              <StateTag look={departmentStates[department.state]} word={t(`department.states.${department.state}`)} />
            ),
          },
          { label: t('department.heads'), value: department.headNames.join(t('common.comma')) || '–' },
          { label: t('department.contactName'), value: department.contactName ?? '–' },
          { label: t('department.contactPhone'), value: department.contactPhone ?? '–' },
          {
            label: t('department.people'),
            value: seesUsers ? (
              <Link to={routes.usersOfDepartment(department.id)}>{department.peopleCount}</Link>
            ) : (
              (department.peopleCount ?? '–')
            ),
          },
        ]}
      />
      {closing && <p className="jy-closing-text">{t('department.closeText', { name: department.name })}</p>}
      <div className="jy-dialog-foot">
        {closing ? (
          <>
            <Button onClick={() => setClosing(false)}>{t('common.cancel')}</Button>
            <Button type="primary" danger loading={close.busy} onClick={() => void shut()}>
              {t('department.closeDo')}
            </Button>
          </>
        ) : (
          <>
            {department.mayEdit && (
              <Button danger onClick={() => setClosing(true)}>
                {t('department.close')}
              </Button>
            )}
            {department.mayAddBureau && <Button onClick={onAddBureau}>{t('department.addBureau')}</Button>}
            {department.mayEdit && (
              <Button type="primary" onClick={onEdit}>
                {t('department.edit')}
              </Button>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
