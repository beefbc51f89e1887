import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { ClusterObjects } from '../../../ui/clusters/ClusterObjects';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { ServerObjectsQuery } from '../hosts.gql';

/** Its BareMetalHost as the cluster has it, read only; asked of the cluster when somebody opens it. */
export function ServerObjectsPanel({ id, isBound }: { id: string; isBound: boolean }) {
  const { t } = useTranslation();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const [{ data, error, fetching }, ask] = useQuery({
    query: ServerObjectsQuery,
    variables: { id },
    requestPolicy: 'network-only',
    pause: !isOpen,
  });
  // As the API has it: for those who answer for the place.
  if (!isBound || !may('INTAKE', 'READ')) return null;
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
      <p className="jy-quiet-text">{t('clusterObjects.leadServer')}</p>
      {isOpen &&
        (data ? (
          <ClusterObjects said={data.serverObjects} />
        ) : error ? (
          <FailureState failure={failureOf(error)} onRetry={again} />
        ) : (
          <LoadingState rows={4} />
        ))}
    </Panel>
  );
}
