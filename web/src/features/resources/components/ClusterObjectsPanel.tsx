import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readingScope } from '../../../graphql/permissions';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { useMay, useViewer } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { ResourceObjectsQuery } from '../cluster-objects.gql';

type Objects = ResultOf<typeof ResourceObjectsQuery>['resourceObjects'];
type ClusterObject = Objects['objects'][number];

/** What the cluster has of the machine beside what is wanted, read only; asked of the cluster when somebody opens it. */
export function ClusterObjectsPanel({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const { permissions } = useViewer();
  const [isOpen, setOpen] = useState(false);
  const [{ data, error, fetching }, ask] = useQuery({
    query: ResourceObjectsQuery,
    variables: { id: resourceId },
    requestPolicy: 'network-only',
    pause: !isOpen,
  });
  // Who sees every department's resources sees their machinery only where that is their work, as the API has it.
  if (readingScope(permissions) === 'PROVINCE' && !may('INTAKE', 'READ')) return null;
  const again = () => (isOpen ? ask({ requestPolicy: 'network-only' }) : setOpen(true));
  return (
    <Panel
      title={t('clusterObjects.title')}
      aside={
        <Button onClick={again} disabled={fetching}>
          {t(isOpen ? 'clusterObjects.again' : 'clusterObjects.open')}
        </Button>
      }
    >
      <p className="jy-quiet-text">
        {t('clusterObjects.lead')} <Link to={routes.driftsOfResource(resourceId)}>{t('clusterObjects.drifts')}</Link>
      </p>
      {isOpen &&
        (data ? (
          <Said objects={data.resourceObjects} />
        ) : error ? (
          <FailureState failure={failureOf(error)} onRetry={again} />
        ) : (
          <LoadingState rows={4} />
        ))}
    </Panel>
  );
}

function Said({ objects: { objects, read, readAt } }: { objects: Objects }) {
  const { t } = useTranslation();
  if (read === 'NO_CLUSTER') return <p>{t('clusterObjects.noCluster')}</p>;
  return (
    <>
      <p className="jy-quiet-text" role={read === 'UNREACHABLE' ? 'alert' : undefined}>
        {t(`clusterObjects.read.${read}`)} <Time at={readAt} />
      </p>
      {objects.map((object) => (
        <OneObject key={object.kind} object={object} isRead={read === 'READ'} />
      ))}
    </>
  );
}

function OneObject({ object, isRead }: { object: ClusterObject; isRead: boolean }) {
  const { t } = useTranslation();
  const { differences, kind, live, managers, name, namespace, wanted } = object;
  return (
    <section className="jy-cluster-object">
      <h3>
        {kind}{' '}
        <code className="jy-code">
          {namespace}/{name}
        </code>
      </h3>
      {isRead && live === null && <p>{t('clusterObjects.notThere')}</p>}
      {managers.length > 0 && (
        <p className="jy-quiet-text">{t('clusterObjects.managers', { names: managers.join(' · ') })}</p>
      )}
      {live !== null && wanted !== null && <Differences differences={differences} />}
      {live !== null && <Text title={t('clusterObjects.live')} text={live} />}
      {wanted !== null && <Text title={t('clusterObjects.wanted')} text={wanted} />}
    </section>
  );
}

function Differences({ differences }: { differences: ClusterObject['differences'] }) {
  const { t } = useTranslation();
  if (differences.length === 0) return <p>{t('clusterObjects.same')}</p>;
  return (
    <WideTable label={t('clusterObjects.differences')}>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('clusterObjects.field')}</th>
            <th scope="col">{t('drift.wanted')}</th>
            <th scope="col">{t('drift.found')}</th>
            <th scope="col">{t('clusterObjects.writer')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((each) => (
            <tr key={each.path}>
              <th scope="row">
                <code className="jy-code">{each.path}</code>
              </th>
              <td>
                <code className="jy-code">{each.wanted}</code>
              </td>
              <td>
                <code className="jy-code">{each.found ?? t('drift.notThere')}</code>
              </td>
              <td>{each.manager ?? t('drift.unknownWriter')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre className="jy-object-text">{text}</pre>
    </details>
  );
}
