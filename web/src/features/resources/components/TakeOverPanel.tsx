import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { type Fact, Facts } from '../../../ui/Facts';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { ProposeTakeOverMutation, TakeOverPreviewQuery, WithdrawTakeOverMutation } from '../take-over.gql';
import { DecideTakeOverDialog } from './DecideTakeOverDialog';

type Preview = ResultOf<typeof TakeOverPreviewQuery>['takeOverPreview'];
type Shown = NonNullable<Preview['shown']>;
type Machine = { id: string; name: string; version: number; management: string };

const MIB_PER_GIB = 1024;

/** From only observing a machine to driving it: what a dry run would write, and the two people's acts on it. */
export function TakeOverPanel({ resource }: { resource: Machine }) {
  const { t } = useTranslation();
  const may = useMay();
  const isHere = resource.management === 'OBSERVED' && may('INTAKE', 'READ');
  const [{ data, error, fetching }, ask] = useQuery({
    query: TakeOverPreviewQuery,
    variables: { id: resource.id },
    requestPolicy: 'network-only',
    pause: !isHere,
  });
  if (!isHere) return null;
  const again = () => ask({ requestPolicy: 'network-only' });
  return (
    <Panel
      title={t('takeOver.title')}
      aside={
        <Button onClick={again} disabled={fetching}>
          {t('takeOver.again')}
        </Button>
      }
    >
      <p className="jy-quiet-text">{t('takeOver.lead')}</p>
      {data ? (
        <Body preview={data.takeOverPreview} resource={resource} again={again} />
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={again} />
      ) : (
        <LoadingState rows={4} />
      )}
    </Panel>
  );
}

function Body({ again, preview, resource }: { preview: Preview; resource: Machine; again: () => void }) {
  const { t } = useTranslation();
  const { disks, managers, memoryMib, name, namespace, newest, readAt, shown, stops, vcpu } = preview;
  const waiting = newest?.state === 'PROPOSED' ? newest : null;
  const signed = waiting?.shown ?? shown;
  const facts: Fact[] = [
    { label: t('takeOver.object'), value: <code className="jy-code">{`${namespace}/${name}`}</code>, wide: true },
    ...(vcpu === null || memoryMib === null
      ? []
      : [
          {
            label: t('takeOver.size'),
            value: t('takeOver.sizeStays', { vcpu, memory: memoryMib / MIB_PER_GIB }),
          },
        ]),
    { label: t('takeOver.readAt'), value: <Time at={readAt} exact /> },
    ...(disks.length === 0
      ? []
      : [
          {
            label: t('takeOver.disks'),
            value: t('takeOver.disksStay', { names: disks.join(t('takeOver.comma')) }),
            wide: true,
          },
        ]),
    ...(managers.length === 0 ? [] : [{ label: t('takeOver.managers'), value: managers.join(' · '), wide: true }]),
  ];
  return (
    <>
      <div className="jy-cluster-object">
        <Facts facts={facts} />
      </div>
      {waiting && (
        <p role="status">
          {t('takeOver.waits', { name: waiting.proposedBy })} <Time at={waiting.proposedAt} />
        </p>
      )}
      {newest?.state === 'RETURNED' && (
        <p>{t('takeOver.returned', { name: newest.decidedBy ?? '', opinion: newest.opinion ?? '' })}</p>
      )}
      {stops.length > 0 && (
        <div role="alert" className="jy-cluster-object">
          <h3>{t('takeOver.stops')}</h3>
          <ul>
            {stops.map((stop) => (
              <li key={stop}>{stop}</li>
            ))}
          </ul>
        </div>
      )}
      {waiting && shown && shown.hash !== waiting.shown.hash && <p role="alert">{t('takeOver.another')}</p>}
      {signed && <Differences shown={signed} />}
      <Acts preview={preview} resource={resource} again={again} />
    </>
  );
}

function Differences({ shown: { conflicts, differences, owned } }: { shown: Shown }) {
  const { t } = useTranslation();
  return (
    <section className="jy-cluster-object">
      {conflicts.length > 0 && (
        <>
          <h3>{t('takeOver.conflicts')}</h3>
          <ul>
            {conflicts.map(({ field, manager }) => (
              <li key={`${manager} ${field}`}>
                <code className="jy-code">{field}</code> · {manager}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{t('takeOver.differences')}</h3>
      <WideTable label={t('takeOver.differences')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('takeOver.field')}</th>
              <th scope="col">{t('takeOver.before')}</th>
              <th scope="col">{t('takeOver.after')}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ after, before, path }) => (
              <tr key={path}>
                <th scope="row">
                  <code className="jy-code">{path}</code>
                </th>
                <td>{before === null ? t('takeOver.notThere') : <code className="jy-code">{before}</code>}</td>
                <td>
                  <code className="jy-code">{after}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      <details>
        <summary>{t('takeOver.owned', { count: owned.length })}</summary>
        <pre className="jy-object-text">{owned.join('\n')}</pre>
      </details>
    </section>
  );
}

function Acts({ again, preview, resource }: { preview: Preview; resource: Machine; again: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [asked, setAsked] = useState<'APPROVE' | 'RETURN' | null>(null);
  const propose = useOutcome(ProposeTakeOverMutation);
  const withdraw = useOutcome(WithdrawTakeOverMutation);
  const { mayPropose, newest, shown } = preview;
  const { id, version } = resource;
  const ended = (sent: { data: unknown; errors: Parameters<typeof form.refuse>[0] }, word: string) => {
    if (!sent.data) form.refuse(sent.errors);
    else notice(word);
    again();
  };
  const waiting = newest?.state === 'PROPOSED' ? newest : null;
  return (
    <>
      <ErrorSummary errors={form.errors} refusals={form.refusals} />
      <div className="jy-policy-acts">
        {mayPropose && shown && (
          <Button
            type="primary"
            loading={propose.busy}
            onClick={async () =>
              ended(
                await propose.send({ id, expectedVersion: version, shownHash: shown.hash }),
                t('takeOver.proposed', { name: resource.name }),
              )
            }
          >
            {t('takeOver.propose')}
          </Button>
        )}
        {waiting?.mayDecide && (
          <>
            <Button type="primary" onClick={() => setAsked('APPROVE')}>
              {t('takeOver.approve')}
            </Button>
            <Button onClick={() => setAsked('RETURN')}>{t('takeOver.return')}</Button>
          </>
        )}
        {waiting?.mayWithdraw && (
          <Button
            loading={withdraw.busy}
            onClick={async () =>
              ended(await withdraw.send({ id, expectedVersion: waiting.version }), t('takeOver.withdrawn'))
            }
          >
            {t('takeOver.withdraw')}
          </Button>
        )}
      </div>
      {asked && waiting && (
        <DecideTakeOverDialog
          act={asked}
          resource={resource}
          version={waiting.version}
          onClose={() => {
            setAsked(null);
            again();
          }}
        />
      )}
    </>
  );
}
