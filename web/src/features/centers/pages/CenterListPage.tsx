import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { ThreeCenters } from '../../../ui/three-centers/ThreeCenters';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { CenterFacts, CenterListQuery } from '../centers.gql';
import { CenterLifeTag, ClusterReachTag } from '../components/place-states';
import { RegisterCenterDialog } from '../forms/CenterDialogs';

/** The centers, however many: their picture, and where each stands in its life. */
export function CenterListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const go = useNavigate();
  const [registering, setRegistering] = useState(false);
  const [{ data, error }, ask] = useQuery({ query: CenterListQuery, requestPolicy: 'cache-and-network' });
  const register = may('CENTER', 'EDIT') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setRegistering(true)}>
      {t('place.register')}
    </Button>
  );
  const centers = data ? readFragment(CenterFacts, data.centers) : [];
  return (
    <>
      <PageHeader title={t('place.list')} actions={register}>
        {t('place.lead')}
      </PageHeader>
      {!data &&
        (error ? (
          <FailureState
            failure={failureOf(error)}
            onRetry={() => ask({ requestPolicy: 'network-only' })}
            home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
          />
        ) : (
          <LoadingState rows={8} />
        ))}
      {data && centers.length === 0 && <EmptyState title={t('center.none')} action={register} />}
      {data && centers.length > 0 && (
        <>
          <Panel title={t(centers.length >= 3 ? 'home.centers' : 'home.someCenters')}>
            <ThreeCenters centers={data.centers} onSelect={(id) => id && void go(routes.center(id))} />
          </Panel>
          <Panel title={t('place.table')}>
            <WideTable label={t('place.table')}>
              <table className="jy-small-table" aria-label={t('place.table')}>
                <thead>
                  <tr>
                    <th scope="col">{t('place.name')}</th>
                    <th scope="col">{t('place.code')}</th>
                    <th scope="col">{t('place.role')}</th>
                    <th scope="col">{t('place.life')}</th>
                    <th scope="col">{t('place.cluster')}</th>
                  </tr>
                </thead>
                <tbody>
                  {centers.map((center) => (
                    <tr key={center.id}>
                      <th scope="row">
                        <Link to={routes.center(center.id)}>
                          <CenterMark role={center.role} name={center.name} />
                        </Link>
                      </th>
                      <td className="jy-code">{center.code}</td>
                      <td>{t(`center.role.${center.role}`)}</td>
                      <td>
                        <CenterLifeTag life={center.life} />
                      </td>
                      <td>
                        {center.cluster ? <ClusterReachTag reach={center.cluster.reach} /> : t('place.noCluster')}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </WideTable>
          </Panel>
        </>
      )}
      {registering && <RegisterCenterDialog onClose={() => setRegistering(false)} />}
    </>
  );
}
