import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { driftStates } from '../../../ui/drift-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { DriftRow } from '../drift.gql';

export type Drift = ResultOf<typeof DriftRow>;
export type DriftAct = Drift['availableActions'][number];

const writerOf = (t: TFunction, { manager }: Drift): string => manager ?? t('drift.unknownWriter');

/** Short values stand in the row; long ones are unfolded. */
const SHORT = 60;

function Value({ label, text }: { label: string; text: string }) {
  const isShort = text.length <= SHORT && !text.includes('\n');
  return isShort ? (
    <div>
      <span className="jy-quiet-text">{label}</span> <code className="jy-code">{text}</code>
    </div>
  ) : (
    <details>
      <summary>{label}</summary>
      <pre className="jy-object-text">{text}</pre>
    </details>
  );
}

const stateText = (t: TFunction, { handling, state }: Drift): string =>
  state === 'OPEN' ? t(`drift.open.${handling}`) : t(`drift.state.${state}`);

export function driftColumns(t: TFunction): Column<Drift>[] {
  return [
    {
      key: 'subject',
      title: t('drift.subject'),
      leading: true,
      render: ({ objectKind, objectName, objectNamespace, resource, subjectCode }) => (
        <>
          {resource ? (
            <Link className="jy-code" to={routes.resource(resource.id)}>
              {subjectCode}
            </Link>
          ) : (
            <span className="jy-code">{subjectCode}</span>
          )}
          <div className="jy-quiet-text jy-wrap-anywhere">
            {objectKind} {objectNamespace}/{objectName}
          </div>
        </>
      ),
      text: ({ objectName, subjectCode }) => `${subjectCode} ${objectName}`,
    },
    {
      key: 'state',
      title: t('drift.stateLabel'),
      render: (row) => (
        <>
          <StateTag look={driftStates[row.state]} word={stateText(t, row)} />
          {row.acceptedUntil && (
            <div className="jy-quiet-text">
              {t('drift.until')} <Time at={row.acceptedUntil} exact />
            </div>
          )}
          {row.decidedBy && (
            <div className="jy-quiet-text">{t('common.said', { name: row.decidedBy, reason: row.reason ?? '' })}</div>
          )}
        </>
      ),
      text: (row) => stateText(t, row),
    },
    {
      key: 'field',
      title: t('drift.field'),
      render: ({ fieldClass, found, path, wanted }) => (
        <>
          <code className="jy-code jy-wrap-anywhere">{path}</code>
          <div className="jy-quiet-text">{t(`drift.class.${fieldClass}`)}</div>
          <Value label={t('drift.wanted')} text={wanted} />
          <Value label={t('drift.found')} text={found ?? t('drift.notThere')} />
        </>
      ),
      text: ({ found, path, wanted }) => `${path}: ${wanted} → ${found ?? '–'}`,
    },
    {
      key: 'writer',
      title: t('drift.writer'),
      render: (row) => (
        <>
          {writerOf(t, row)}
          <div className="jy-quiet-text">
            <Time at={row.firstSeenAt} />
          </div>
        </>
      ),
      text: (row) => `${writerOf(t, row)} ${exactTime(row.firstSeenAt)}`,
    },
    {
      key: 'center',
      title: t('drift.center'),
      render: ({ center, department }) => (
        <>
          {center && <CenterMark role={center.role} name={center.name} />}
          {department && <div className="jy-quiet-text">{department.name}</div>}
        </>
      ),
      text: ({ center }) => center?.name ?? null,
    },
    {
      key: 'ended',
      title: t('drift.ended'),
      optional: true,
      render: ({ endedAt }) => <Time at={endedAt} />,
      text: ({ endedAt }) => endedAt && exactTime(endedAt),
    },
  ];
}

export function actColumn(t: TFunction, decide: (drift: Drift, act: DriftAct) => void): Column<Drift> {
  return {
    key: 'acts',
    title: t('life.acts'),
    render: (drift) =>
      drift.availableActions.length > 0 ? (
        <div className="jy-acts">
          {drift.availableActions.map((act) => (
            <Button
              key={act}
              size="small"
              aria-label={`${t(`drift.action.${act}`)} ${drift.subjectCode} ${drift.path}`}
              onClick={() => decide(drift, act)}
            >
              {t(`drift.action.${act}`)}
            </Button>
          ))}
        </div>
      ) : (
        <span className="jy-quiet-text">–</span>
      ),
    text: () => null,
  };
}
