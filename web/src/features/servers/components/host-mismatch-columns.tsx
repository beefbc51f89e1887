import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { HostMismatchAction } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { HostMismatchRow } from '../hosts.gql';
import { hostMismatchStates } from './host-mismatch-states';
import { modelName } from './server-words';

export type Mismatch = ResultOf<typeof HostMismatchRow>;

/** Which are chosen to be decided on together, and how one is chosen or let go. */
export type Choice = { chosen: ReadonlyMap<string, Mismatch>; choose: (row: Mismatch) => void };

export const nameOf = ({ host, serial, server }: Mismatch): string => host ?? server?.assetNumber ?? serial ?? '?';

/** What it is, as far as anybody knows. */
const whatOf = ({ hardware, server }: Mismatch): string | null => hardware ?? (server ? modelName(server.model) : null);

/** @param choice null = the viewer may look and not decide. */
export function mismatchColumns(t: TFunction, choice: Choice | null): Column<Mismatch>[] {
  return [
    {
      key: 'name',
      title: t('hostMismatch.subject'),
      leading: true,
      render: (row) => (
        <>
          <span className="jy-choice">
            {choice && row.availableActions.includes('IGNORE') && (
              <input
                type="checkbox"
                aria-label={t('hostMismatch.choose', { name: nameOf(row) })}
                checked={choice.chosen.has(row.id)}
                onChange={() => choice.choose(row)}
              />
            )}
            {row.side === 'SERVER' && row.server ? (
              <Link to={routes.server(row.server.id)}>{row.server.assetNumber}</Link>
            ) : (
              <code className="jy-code jy-wrap-anywhere">{nameOf(row)}</code>
            )}
          </span>
          <div className="jy-quiet-text">{t(`hostMismatch.side.${row.side}`)}</div>
        </>
      ),
      text: (row) => `${t(`hostMismatch.side.${row.side}`)} ${nameOf(row)}`,
    },
    {
      key: 'state',
      title: t('hostMismatch.stateLabel'),
      render: ({ firstSeenAt, state }) => (
        <>
          <StateTag look={hostMismatchStates[state]} word={t(`hostMismatch.state.${state}`)} />
          <div className="jy-quiet-text">
            <Time at={firstSeenAt} />
          </div>
        </>
      ),
      text: ({ state }) => t(`hostMismatch.state.${state}`),
    },
    {
      key: 'problem',
      title: t('hostMismatch.problemLabel'),
      render: (row) => (
        <div className="jy-said">
          {t(`hostMismatch.problem.${row.problem}`)}
          {row.problem === 'ANOTHER_HOST' && row.server && (
            <div>
              <Link to={routes.server(row.server.id)}>{row.server.assetNumber}</Link>
            </div>
          )}
          {row.message && <div className="jy-quiet-text jy-wrap-anywhere">{row.message}</div>}
        </div>
      ),
      text: ({ message, problem }) => [t(`hostMismatch.problem.${problem}`), message].filter(Boolean).join(' · '),
    },
    {
      key: 'machine',
      title: t('hostMismatch.machine'),
      render: (row) => (
        <>
          {whatOf(row) ?? t('server.unknown')}
          <div className="jy-quiet-text">
            {row.serial ? (
              <>
                {t('server.serial')} <span className="jy-code">{row.serial}</span>
              </>
            ) : (
              t('hostMismatch.noSerial')
            )}
          </div>
          {row.bmcAddress && <div className="jy-quiet-text jy-wrap-anywhere">{row.bmcAddress}</div>}
        </>
      ),
      text: (row) => [whatOf(row), row.serial, row.bmcAddress].filter(Boolean).join(' · '),
    },
    {
      key: 'center',
      title: t('resource.center'),
      render: ({ center }) => center && <CenterMark role={center.role} name={center.name} />,
      text: ({ center }) => center?.name ?? null,
    },
    {
      key: 'seen',
      title: t('hostMismatch.seen'),
      optional: true,
      render: ({ firstSeenAt }) => <Time at={firstSeenAt} />,
      text: ({ firstSeenAt }) => exactTime(firstSeenAt),
    },
    {
      key: 'decision',
      title: t('hostMismatch.decision'),
      render: ({ decidedAt, decidedBy, reason }) =>
        decidedBy ? (
          <>
            {t('common.said', { name: decidedBy, reason: reason ?? '' })}
            <div className="jy-quiet-text">
              <Time at={decidedAt} />
            </div>
          </>
        ) : (
          '–'
        ),
      text: ({ decidedBy, reason }) => decidedBy && t('common.said', { name: decidedBy, reason: reason ?? '' }),
    },
    {
      key: 'ended',
      title: t('hostMismatch.ended'),
      optional: true,
      render: ({ endedAt }) => <Time at={endedAt} />,
      text: ({ endedAt }) => endedAt && exactTime(endedAt),
    },
  ];
}

/** What brings it its twin, or has it let be. */
export function actColumn(t: TFunction, decide: (row: Mismatch, action: HostMismatchAction) => void): Column<Mismatch> {
  return {
    key: 'acts',
    title: t('life.acts'),
    render: (row) => (
      <div className="jy-acts">
        <RegisterLink t={t} row={row} />
        {row.availableActions.map((action) => (
          <Button
            key={action}
            size="small"
            aria-label={t(`hostMismatch.ask.${action}`, { name: nameOf(row) })}
            onClick={() => decide(row, action)}
          >
            {t(`hostMismatch.action.${action}`)}
          </Button>
        ))}
      </div>
    ),
    text: () => null,
  };
}

function RegisterLink({ row, t }: { row: Mismatch; t: TFunction }) {
  if (row.state === 'ENDED') return null;
  // The asset is registered as a host on its own page.
  if (row.side === 'SERVER')
    return row.server && <Link to={routes.server(row.server.id)}>{t('hostMismatch.registerHost')}</Link>;
  if (row.problem !== 'NO_SERVER' || !row.serial) return null;
  const of = { serial: row.serial, center: row.center?.id ?? '', bmc: row.bmcAddress ?? '' };
  return (
    <Link to={routes.newServer(of)} aria-label={t('hostMismatch.registerAssetOf', { name: nameOf(row) })}>
      {t('hostMismatch.registerAsset')}
    </Link>
  );
}
