import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { type Fact, Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { ResourceStateTag } from '../../../ui/states';
import { Time } from '../../../ui/Time';
import { ReclaimFacts } from '../reclaim.gql';

export function ReclaimFactsPanel({ reclaim: masked }: { reclaim: FragmentOf<typeof ReclaimFacts> }) {
  const { t } = useTranslation();
  const { resource, line, figures, ...reclaim } = readFragment(ReclaimFacts, masked);
  const facts: Fact[] = [
    {
      label: t('reclaim.resource'),
      value: resource ? (
        <span className="jy-tags">
          <Link to={routes.resource(resource.id)}>{resource.name}</Link>
          <ResourceStateTag state={resource.state} />
        </span>
      ) : (
        line && (
          <span className="jy-tags">
            {line.request ? <Link to={routes.request(line.request.id)}>{line.name}</Link> : line.name}
            <span className="jy-quiet-text">
              {t(`lineKind.${line.kind}`)} × {count(line.count)}
            </span>
          </span>
        )
      ),
    },
    { label: t('reclaim.department'), value: reclaim.department.name },
    { label: t('reclaim.causeLabel'), value: t(`reclaim.cause.${reclaim.cause}`) },
    { label: t('reclaim.openedBy'), value: reclaim.openedByName },
    { label: t('reclaim.openedAt'), value: <Time at={reclaim.openedAt} exact /> },
    { label: t('reclaim.dueAt'), value: <Time at={reclaim.dueAt} exact /> },
    ...(reclaim.closedAt ? [{ label: t('reclaim.closedAt'), value: <Time at={reclaim.closedAt} exact /> }] : []),
  ];
  return (
    <>
      <Panel title={t('reclaim.facts')}>
        {resource?.life.binUntil && resource.life.binCause === 'RECLAIM' && (
          <p className="jy-banner jy-tone-waiting">{t('reclaim.bin', { at: exactTime(resource.life.binUntil) })}</p>
        )}
        {line && reclaim.state === 'RECLAIMED' && (
          <p className="jy-banner jy-tone-waiting">{t(line.endedAt ? 'reclaim.lineBack' : 'reclaim.lineLeaving')}</p>
        )}
        <Facts facts={facts} />
      </Panel>
      <Panel title={t('reclaim.evidence')}>
        <p>{reclaim.evidence}</p>
        {figures.length > 0 && (
          <table className="jy-small-table">
            <caption>{t('reclaim.figures')}</caption>
            <tbody>
              {figures.map((figure) => (
                <tr key={figure.label}>
                  <th scope="row">{figure.label}</th>
                  <td className="jy-number">{figure.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </>
  );
}
