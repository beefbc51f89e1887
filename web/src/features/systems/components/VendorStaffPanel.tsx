import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { SystemVendorStaff, UnbindVendorStaffMutation } from '../systems.gql';
import { BindStaffDialog } from './BindStaffDialog';

/** The vendor's named people, each until a day; bound with an account, they reach this system in the console. */
export function VendorStaffPanel({ system: masked }: { system: FragmentOf<typeof SystemVendorStaff> }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [binding, setBinding] = useState(false);
  const { send, busy } = useOutcome(UnbindVendorStaffMutation);
  const { id, editable, vendorCompany, vendorStaff } = readFragment(SystemVendorStaff, masked);
  const unbind = async (bindingId: string, name: string) => {
    const { errors } = await send({ systemId: id, bindingId });
    notice(errors[0]?.message ?? t('system.unbound', { name }), errors.length > 0 ? 'reason' : undefined);
  };
  return (
    <Panel
      title={t('system.vendor')}
      aside={editable && <Button onClick={() => setBinding(true)}>{t('system.bind')}</Button>}
    >
      {vendorCompany && <p>{vendorCompany}</p>}
      {vendorStaff.length === 0 ? (
        <p className="jy-quiet-text">{t('system.noStaff')}</p>
      ) : (
        <ul className="jy-plain-list">
          {vendorStaff.map((person) => (
            <li key={person.id}>
              <span>{person.name}</span>
              <span className="jy-quiet-text">{person.company}</span>
              <span className="jy-number">{person.phone}</span>
              {person.hasAccount && <span className="jy-mark">{t('system.hasAccount')}</span>}
              <span className="jy-number jy-plain-end">
                {t('system.validUntil', { date: person.until })}
                {person.expired && <span className="jy-mark jy-mark-stale">{t('system.expired')}</span>}
              </span>
              {editable && (
                <Button
                  size="small"
                  loading={busy}
                  aria-label={t('system.unbindOf', { name: person.name })}
                  onClick={() => void unbind(person.id, person.name)}
                >
                  {t('system.unbind')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {binding && <BindStaffDialog systemId={id} company={vendorCompany ?? ''} onClose={() => setBinding(false)} />}
    </Panel>
  );
}
