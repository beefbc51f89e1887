import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { machineSize } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { type Fact, Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { GoLiveFacts } from '../golive.gql';
import { LateTag } from '../looks';

type Case = ResultOf<typeof GoLiveFacts>;

/** The system, its trial by days, and on what it runs. */
export function GoLiveFactsPanel({ golive: masked }: { golive: FragmentOf<typeof GoLiveFacts> }) {
  const { t } = useTranslation();
  const golive = readFragment(GoLiveFacts, masked);
  const { system, inUse, dueAt, dueStep } = golive;
  const unknown = <span className="jy-quiet-text">–</span>;
  const facts: Fact[] = [
    {
      label: t('goLive.system'),
      value: system ? <Link to={routes.system(system.id)}>{system.name}</Link> : unknown,
    },
    { label: t('goLive.department'), value: golive.department.name },
    { label: t('goLive.level'), value: system ? t('goLive.levelText', { level: system.protectionLevel }) : unknown },
    { label: t('goLive.begunOn'), value: <span className="jy-number">{golive.begunOn}</span> },
    { label: t('goLive.overOn'), value: <span className="jy-number">{golive.overOn}</span> },
    ...(golive.liveSince
      ? [{ label: t('goLive.liveSince'), value: <span className="jy-number jy-strong">{golive.liveSince}</span> }]
      : []),
    // That its days are over is said beside it already.
    ...(dueAt && dueStep && dueStep !== 'TRIAL_OVER'
      ? [
          {
            label: t(`goLive.dueStep.${dueStep}`),
            value: (
              <span className="jy-tags">
                <Time at={dueAt} exact /> <LateTag dueStep={dueStep} dueAt={dueAt} />
              </span>
            ),
          },
        ]
      : []),
    { label: t('goLive.vendor'), value: system?.vendorCompany ?? unknown },
    { label: t('goLive.openedBy'), value: golive.openedByName },
    { label: t('goLive.rules'), value: t('goLive.edition', { number: golive.policyNumber }) },
    { label: t('goLive.inUse'), value: <InUse inUse={inUse} />, wide: true },
  ];
  return (
    <Panel title={t('goLive.facts')}>
      <Facts facts={facts} />
      {golive.state === 'TRIAL' && <Obstacles obstacles={golive.obstacles} />}
    </Panel>
  );
}

function InUse({ inUse }: { inUse: Case['inUse'] }) {
  const { t } = useTranslation();
  const { machines, servers, places, services, centers } = inUse;
  const parts = [
    ...(machines > 0
      ? [
          t('goLive.machines', {
            total: machines,
            size: machineSize(inUse.vcpu, inUse.memoryMib),
            disk: inUse.diskGib,
          }),
        ]
      : []),
    ...(servers > 0 ? [t('goLive.servers', { total: servers })] : []),
    ...(places > 0 ? [t('goLive.places', { total: places })] : []),
    ...(services > 0 ? [t('goLive.services', { total: services })] : []),
    ...centers,
  ];
  return <>{parts.join(' · ') || t('goLive.nothingInUse')}</>;
}

/** What is still missing before it can be presented: the next things to do, in the order of doing. */
function Obstacles({ obstacles }: { obstacles: Case['obstacles'] }) {
  const { t } = useTranslation();
  if (obstacles.length === 0) return <p className="jy-banner jy-tone-good jy-golive-next">{t('goLive.ready')}</p>;
  return (
    <div className="jy-banner jy-tone-waiting jy-golive-next">
      <p className="jy-strong">{t('goLive.missing')}</p>
      <ul>
        {obstacles.map(({ kind, count, document }) => (
          <li key={`${kind}${document ?? ''}`}>
            {document
              ? t('goLive.obstacle.DOCUMENT', { name: t(`goLive.document.${document}`) })
              : t(`goLive.obstacle.${kind}`, { total: count })}
          </li>
        ))}
      </ul>
    </div>
  );
}
