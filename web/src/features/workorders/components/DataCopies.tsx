import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import type { DrSignalLevel } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { durationText } from '../../../lib/duration-text';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { drLevels } from '../../../ui/dr-states';
import { ChipFilter } from '../../../ui/FilterBar';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { type SavedTable, SaveTable } from '../../../ui/SaveTable';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { WideTable } from '../../../ui/WideTable';
import { DataCopiesQuery } from '../backups.gql';

export const copyLevels = ['CRITICAL', 'UNKNOWN', 'WARN', 'GOOD'] as const satisfies readonly DrSignalLevel[];
export type CopyLevel = (typeof copyLevels)[number];
type Copy = ResultOf<typeof DataCopiesQuery>['dataCopies']['copies'][number];

type Props = {
  systemId: string;
  search: string;
  levels: readonly CopyLevel[];
  onLevels: (levels: CopyLevel[]) => void;
};

/** The worst come first; the backups of the page are below them. */
const SHOWN_FIRST = 10;

/** 资源数据副本 on the same page as backups: how old each copy is against what was promised; what nobody reads is never green. */
export function DataCopies({ systemId, search, levels, onLevels }: Props) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const [{ data, error }, ask] = useQuery({
    query: DataCopiesQuery,
    variables: {
      filter: { systemId: systemId || null, search: search || null, levels: levels.length > 0 ? [...levels] : null },
    },
    requestPolicy: 'cache-and-network',
  });
  const counts = new Map(data?.dataCopies.counts.map(({ copies, level }) => [level, copies]));
  const { copies = [], total = 0 } = data?.dataCopies ?? {};
  const shown = whole ? copies : copies.slice(0, SHOWN_FIRST);
  return (
    <Panel
      title={t('backup.copies')}
      aside={
        <>
          {copies.length > 0 && <SaveTable name="data-copies" table={() => copiesTable(t, copies)} />}{' '}
          <Link to={routes.drPicture()}>{t('backup.replicated')}</Link>
        </>
      }
    >
      <p className="jy-quiet-text">{t('backup.copiesLead')}</p>
      <div className="jy-filter-bar jy-plan-filter">
        <ChipFilter
          label={t('backup.copyLevel')}
          options={copyLevels.map((value) => ({
            value,
            text: `${t(`backup.copyLevels.${value}`)} ${counts.get(value) ?? 0}`,
          }))}
          value={[...levels]}
          onChange={onLevels}
        />
      </div>
      {!data ? (
        error ? (
          <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <LoadingState rows={4} />
        )
      ) : copies.length === 0 ? (
        <p className="jy-quiet-text">{t('backup.noCopies')}</p>
      ) : (
        <>
          <WideTable label={t('backup.copies')}>
            <table className="jy-small-table jy-plan-table">
              <thead>
                <tr>
                  <th scope="col">{t('backup.machine')}</th>
                  <th scope="col">{t('work.system')}</th>
                  <th scope="col">{t('backup.copyWay')}</th>
                  <th scope="col">{t('backup.copyLevel')}</th>
                  <th scope="col">{t('backup.copyAge')}</th>
                  <th scope="col">{t('backup.copyPromise')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((copy) => (
                  <CopyLine key={`${copy.center.id}${copy.kind}${copy.object}`} copy={copy} />
                ))}
              </tbody>
            </table>
          </WideTable>
          {copies.length > shown.length && (
            <Button onClick={() => setWhole(true)}>
              {t('backup.copiesMore', { n: copies.length - shown.length })}
            </Button>
          )}
          {shown.length === copies.length && total > copies.length && (
            <p className="jy-quiet-text">{t('backup.copiesCut', { n: copies.length, total })}</p>
          )}
        </>
      )}
    </Panel>
  );
}

/** As it stands on the page; ages in seconds, so that they can be reckoned with. */
function copiesTable(t: TFunction, copies: readonly Copy[]): SavedTable {
  return {
    header: [
      ...[t('backup.machine'), t('work.system'), t('backup.copyObject'), t('backup.copyFrom'), t('backup.copyTowards')],
      ...[t('backup.copyLevel'), t('backup.copyAgeSeconds'), t('backup.copyRpoSeconds'), t('backup.copySynced')],
    ],
    rows: copies.map((copy) => [
      ...[copy.machineName, copy.systemName, `${copy.kind} ${copy.object}`, copy.center.name],
      ...[copy.towards?.name ?? t('backup.copyTowardsUnsaid'), t(`backup.copyLevels.${copy.level}`)],
      // What nobody has read lately is no age.
      ...[copy.level === 'UNKNOWN' ? null : copy.ageSeconds, copy.rpoSeconds],
      copy.lastSyncAt ? exactTime(copy.lastSyncAt) : null,
    ]),
  };
}

function CopyLine({ copy }: { copy: Copy }) {
  const { t } = useTranslation();
  const { ageSeconds, center, intervalSeconds, kind, lastSyncAt, level, object, problem, readAt, rpoSeconds, towards } =
    copy;
  return (
    <tr>
      <th scope="row">
        <Link to={routes.resource(copy.machineId)}>{copy.machineName}</Link>
        <div className="jy-quiet-text">
          {kind === 'ReplicationSource' ? 'VolSync' : t('backup.copyMirror')}{' '}
          <span className="jy-code jy-wrap-anywhere">{object}</span>
        </div>
      </th>
      <td>
        <Link to={routes.system(copy.systemId)}>{copy.systemName}</Link>
      </td>
      <td>
        <CenterMark role={center.role} name={center.name} /> →{' '}
        {towards ? <CenterMark role={towards.role} name={towards.name} /> : t('backup.copyTowardsUnsaid')}
      </td>
      <td>
        <StateTag look={drLevels[level]} word={t(`backup.copyLevels.${level}`)} />
        {problem && <div className="jy-desk-late jy-wrap-anywhere">{problem}</div>}
      </td>
      <td>
        {level === 'UNKNOWN' ? (
          readAt ? (
            <>
              {t('backup.copyUnread')} <Time at={readAt} />
            </>
          ) : (
            t('backup.copyNeverRead')
          )
        ) : ageSeconds === null ? (
          t('backup.copyNever')
        ) : (
          <>
            <span className="jy-number">{durationText(t, ageSeconds)}</span>
            <div className="jy-quiet-text">{lastSyncAt && <Time at={lastSyncAt} exact />}</div>
          </>
        )}
      </td>
      <td className="jy-nowrap">
        {rpoSeconds === null ? t('backup.copyNoRpo') : t('backup.copyRpo', { time: durationText(t, rpoSeconds) })}
        {intervalSeconds !== null && (
          <div className="jy-quiet-text">{t('backup.copyEvery', { time: durationText(t, intervalSeconds) })}</div>
        )}
      </td>
    </tr>
  );
}
