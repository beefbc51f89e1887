import { CheckCircleOutlined, MinusCircleOutlined, QuestionCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { useNow } from '../../../lib/use-now';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { ReadingSourceParts, ReadingSourcesQuery } from '../capacity.gql';
import { RegisterSourceDialog, RevokeSourceDialog } from './SourceDialogs';

type Source = ResultOf<typeof ReadingSourceParts>;

/** As the server: older than that, what was measured is no longer what is. */
const SILENT_MS = 15 * 60_000;

/** What pushes readings: who may, of which centers, and when it was last heard. */
export function SourcesPanel() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ data, error }, ask] = useQuery({ query: ReadingSourcesQuery, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<'register' | string | null>(null);
  const edits = may('CENTER', 'EDIT');
  const sources = data ? readFragment(ReadingSourceParts, data.readingSources) : [];
  const chosen = sources.find(({ id }) => id === open);
  const register = edits && (
    <Button size="small" onClick={() => setOpen('register')}>
      {t('source.register')}
    </Button>
  );
  return (
    <Panel title={t('source.title')} aside={register}>
      {!data &&
        (error ? (
          <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <LoadingState rows={2} />
        ))}
      {data && sources.length === 0 && <EmptyState title={t('source.none')}>{t('source.noneText')}</EmptyState>}
      {sources.length > 0 && (
        <WideTable label={t('source.title')}>
          <table className="jy-small-table" aria-label={t('source.title')}>
            <thead>
              <tr>
                {(['name', 'state', 'centers', 'lastReading', 'registered'] as const).map((key) => (
                  <th key={key} scope="col">
                    {t(`source.${key}`)}
                  </th>
                ))}
                {edits && <th scope="col" aria-label={t('source.revoke')} />}
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => (
                <tr key={source.id}>
                  <th scope="row">{source.name}</th>
                  <td>
                    <SourceState source={source} />
                    {source.revokeReason && <span className="jy-quiet-text jy-under">{source.revokeReason}</span>}
                  </td>
                  <td>{source.centers.map(({ name }) => name).join(t('common.comma'))}</td>
                  <td>{source.lastReadingAt ? <Time at={source.lastReadingAt} /> : t('source.never')}</td>
                  <td>
                    <Time at={source.registeredAt} />
                    <span className="jy-quiet-text jy-under">{source.registeredBy ?? '–'}</span>
                  </td>
                  {edits && (
                    <td>
                      {!source.revokedAt && (
                        <Button size="small" danger onClick={() => setOpen(source.id)}>
                          {t('source.revoke')}
                        </Button>
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
      {open === 'register' && data && <RegisterSourceDialog centers={data.centers} onClose={() => setOpen(null)} />}
      {chosen && <RevokeSourceDialog source={chosen} onClose={() => setOpen(null)} />}
    </Panel>
  );
}

function SourceState({ source }: { source: Source }) {
  const { t } = useTranslation();
  const now = useNow();
  if (source.revokedAt)
    return <StateTag look={{ tone: 'quiet', icon: MinusCircleOutlined }} word={t('source.states.revoked')} />;
  if (!source.lastPushedAt)
    return <StateTag look={{ tone: 'quiet', icon: QuestionCircleOutlined }} word={t('source.states.never')} />;
  return now - new Date(source.lastPushedAt).getTime() > SILENT_MS ? (
    <StateTag look={{ tone: 'waiting', icon: WarningOutlined }} word={t('source.states.silent')} />
  ) : (
    <StateTag look={{ tone: 'good', icon: CheckCircleOutlined }} word={t('source.states.heard')} />
  );
}
