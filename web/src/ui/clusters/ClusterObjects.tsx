import { useTranslation } from 'react-i18next';
import { Time } from '../Time';
import { WideTable } from '../WideTable';

type Difference = { path: string; wanted: string; found: string | null; manager: string | null };
type ClusterObject = {
  kind: string;
  namespace: string;
  name: string;
  live: string | null;
  wanted: string | null;
  managers: readonly string[];
  differences: readonly Difference[];
};
export type ObjectsRead = {
  read: 'READ' | 'UNREACHABLE' | 'NO_CLUSTER';
  readAt: string;
  objects: readonly ClusterObject[];
};

/** What a cluster said of the objects of one thing, beside what is wanted of them; read only. */
export function ClusterObjects({ said: { objects, read, readAt } }: { said: ObjectsRead }) {
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

function Differences({ differences }: { differences: readonly Difference[] }) {
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
