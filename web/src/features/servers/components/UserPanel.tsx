import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { type Fact, Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { ServerUser } from '../servers.gql';

/** Who has it now. */
export function UserPanel({ server: masked }: { server: FragmentOf<typeof ServerUser> }) {
  const { t } = useTranslation();
  const may = useMay();
  const { state, department, system, pool, origin, usedSince, sourcePlatform } = readFragment(ServerUser, masked);
  const facts: Fact[] = [
    ...(system
      ? [
          {
            label: t('request.system'),
            value: may('SYSTEM', 'READ') ? <Link to={routes.system(system.id)}>{system.name}</Link> : system.name,
            wide: true,
          },
        ]
      : []),
    ...(department ? [{ label: t('request.department'), value: department.name, wide: true }] : []),
    ...(pool
      ? [
          {
            label: t('server.hostOf'),
            value: (
              <>
                <span className="jy-code">{pool.code}</span>
                <span className="jy-mark">{t(`zone.${pool.zone}`)}</span>
              </>
            ),
            wide: true,
          },
        ]
      : []),
  ];
  if (usedSince)
    facts.push({
      label: t(origin === 'INTAKE' ? 'resource.usedSince' : 'server.usedSince'),
      value: <Time at={usedSince} exact />,
    });
  if (sourcePlatform) facts.push({ label: t('intake.sourcePlatform'), value: sourcePlatform });
  return (
    <Panel title={t('server.user')}>
      {facts.length > 0 ? <Facts facts={facts} /> : <p>{t(`server.nobody.${state}`)}</p>}
    </Panel>
  );
}
