import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { RunListQuery, RunParts } from '../performance.gql';
import { BeginRunDialog, DecideRunDialog } from './RunDialogs';

type Run = ResultOf<typeof RunParts>;
type Open = { kind: 'begin' } | { kind: 'APPROVE' | 'RETURN' | 'WITHDRAW'; run: Run } | null;

/** Runs of evaluation, for those who evaluate and who publish: what waits for a second person stands first. */
export function RunsPanel({ shown, onShow }: { shown: string; onShow: (id: string) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const [{ data, error }, ask] = useQuery({ query: RunListQuery, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Open>(null);
  const runs = data ? readFragment(RunParts, data.performanceRuns.nodes) : null;
  const begin = may('PERFORMANCE', 'EDIT') && (
    <Button type="primary" onClick={() => setOpen({ kind: 'begin' })}>
      {t('performance.begin')}
    </Button>
  );
  return (
    <Panel title={t('performance.runs')} aside={begin}>
      {!runs && error && (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      )}
      {!runs && !error && <LoadingState rows={2} />}
      {runs?.length === 0 && <p className="jy-quiet-text">{t('performance.noRuns')}</p>}
      {runs && runs.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
        <section className="jy-scroll-x" tabIndex={0} aria-label={t('performance.runs')}>
          <table className="jy-small-table">
            <tbody>
              {runs.map((run) => (
                <tr key={run.id}>
                  <th scope="row">
                    <button
                      type="button"
                      className="jy-link-button"
                      aria-pressed={shown === run.id}
                      onClick={() => onShow(run.id)}
                    >
                      {run.period}
                    </button>{' '}
                    <span className="jy-code jy-quiet-text">{run.code}</span>
                  </th>
                  <td>
                    <span className={run.state === 'PREPARED' ? 'jy-mark' : 'jy-quiet-text'}>
                      {t(`performance.runState.${run.state}`)}
                    </span>
                  </td>
                  <td className="jy-number">{t('performance.subjects', { total: run.subjects })}</td>
                  <td>
                    {run.decidedBy
                      ? t(`performance.decidedBy.${run.state === 'PUBLISHED' ? 'PUBLISHED' : 'OTHER'}`, {
                          name: run.decidedBy,
                        })
                      : t('performance.preparedBy', { name: run.preparedBy })}{' '}
                    <Time at={run.decidedAt ?? run.preparedAt} />
                  </td>
                  <td>
                    <Acts run={run} onOpen={(kind) => setOpen({ kind, run })} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {open?.kind === 'begin' && <BeginRunDialog onClose={() => setOpen(null)} />}
      {open && open.kind !== 'begin' && (
        <DecideRunDialog decision={open.kind} run={open.run} onClose={() => setOpen(null)} />
      )}
    </Panel>
  );
}

function Acts({ run, onOpen }: { run: Run; onOpen: (kind: 'APPROVE' | 'RETURN' | 'WITHDRAW') => void }) {
  const { t } = useTranslation();
  const may = useMay();
  if (run.state !== 'PREPARED' && run.state !== 'GATHERING') return null;
  const decides = may('PERFORMANCE', 'REVIEW') && !run.mine && run.state === 'PREPARED';
  return (
    <span className="jy-tags">
      {decides && (
        <>
          <Button size="small" type="primary" onClick={() => onOpen('APPROVE')}>
            {t('performance.decide.APPROVE')}
          </Button>
          <Button size="small" onClick={() => onOpen('RETURN')}>
            {t('performance.decide.RETURN')}
          </Button>
        </>
      )}
      {may('PERFORMANCE', 'EDIT') && run.mine && (
        <Button size="small" onClick={() => onOpen('WITHDRAW')}>
          {t('performance.decide.WITHDRAW')}
        </Button>
      )}
    </span>
  );
}
