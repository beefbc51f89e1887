import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { WaitingBatch, WaitingBatchesQuery } from '../batches.gql';

/** Tables that were sent and wait to be taken: of one draft, or all of the viewer's. Nothing where there is none. */
export function WaitingBatches({ requestId }: { requestId: string | null }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({
    query: WaitingBatchesQuery,
    variables: { requestId },
    requestPolicy: 'cache-and-network',
  });
  const batches = readFragment(WaitingBatch, data?.openLineBatches ?? []);
  if (batches.length === 0) return null;
  return (
    <Panel title={t('batch.waiting')}>
      <ul className="jy-waiting-batches">
        {batches.map(({ id, kind, fileName, openRowCount, createdAt }) => (
          <li key={id}>
            <Link to={routes.batch(id)}>{fileName}</Link>
            <span className="jy-quiet-text">
              {t(`lineKind.${kind}`)} · {t('batch.rowsWait', { rows: count(openRowCount), count: openRowCount })} ·{' '}
              <Time at={createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
