import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { useMay } from '../../../ui/viewer-context';
import { SystemFacts } from '../systems.gql';
import { Owner } from './states';

const unknown = <span className="jy-quiet-text">–</span>;

export function SystemFactsPanel({ system: masked }: { system: FragmentOf<typeof SystemFacts> }) {
  const { t } = useTranslation();
  const system = readFragment(SystemFacts, masked);
  const may = useMay();
  const standsInSeveral = system.localMode !== 'SINGLE' || system.remoteMode !== 'NONE';
  const number = (value: number | null) => (value === null ? unknown : count(value));
  return (
    <Panel title={t('system.facts')}>
      <Facts
        facts={[
          { label: t('request.department'), value: system.department.name },
          { label: t('system.owner'), value: <Owner owner={system.owner} /> },
          {
            label: t('system.mode'),
            value: (
              <>
                {t(`localMode.${system.localMode}`)} · {t(`remoteMode.${system.remoteMode}`)}
                {standsInSeveral && may('DR_DEBT', 'READ') && (
                  <Link className="jy-under" to={routes.drDebtsOfSystem(system.id)}>
                    {t('drDebt.title')}
                  </Link>
                )}
              </>
            ),
          },
          {
            label: t('system.availability'),
            value: system.availabilityPercent === null ? unknown : `${system.availabilityPercent}%`,
          },
          { label: t('system.users'), value: number(system.usersEstimate) },
          { label: t('system.concurrency'), value: number(system.concurrencyEstimate) },
          { label: t('system.description'), value: system.description ?? unknown, wide: true },
          {
            label: t('system.contacts'),
            wide: true,
            value:
              system.contacts.length === 0 ? (
                t('system.noContacts')
              ) : (
                <ul className="jy-plain-list jy-plain-columns">
                  {system.contacts.map((contact) => (
                    <li key={`${contact.role} ${contact.name} ${contact.phone}`}>
                      <span className="jy-quiet-text">{contact.role}</span>
                      <span>{contact.name}</span>
                      <a className="jy-number" href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}>
                        {contact.phone}
                      </a>
                    </li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
    </Panel>
  );
}
