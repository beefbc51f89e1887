import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readingScope } from '../../../graphql/permissions';
import { routes } from '../../../lib/routes';
import { ClusterObjects } from '../../../ui/clusters/ClusterObjects';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { useMay, useViewer } from '../../../ui/viewer-context';
import { ResourceObjectsQuery } from '../cluster-objects.gql';

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
          <ClusterObjects said={data.resourceObjects} />
        ) : error ? (
          <FailureState failure={failureOf(error)} onRetry={again} />
        ) : (
          <LoadingState rows={4} />
        ))}
    </Panel>
  );
}
