import { PrinterOutlined, StopOutlined, UploadOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GoLiveParty, PaperKind } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { PUT } from '../../../ui/gates/remedy';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { useMay } from '../../../ui/viewer-context';
import { WaitingPaperListQuery, WaitingPaperRow } from '../seals.gql';

type Row = ResultOf<typeof WaitingPaperRow>;

const kinds: readonly PaperKind[] = ['REQUEST_FORM', 'DELIVERY_SHEET', 'ACCEPTANCE_SHEET'];
const parties: readonly GoLiveParty[] = ['DEPARTMENT', 'CENTER', 'VENDOR', 'ASSESSOR'];
const spec = {
  search: urlText(),
  kinds: urlManyOf(kinds),
  parties: urlManyOf(parties),
  only: urlManyOf(['blocking'] as const),
};

/** What the page of its request opens for the scan. */
const PUTS = { REQUEST_FORM: 'papers', DELIVERY_SHEET: 'sheet' } as const;

/** Where the paper is sealed, confirmed or signed. */
const placeOf = ({ kind, subjectId }: Row): string =>
  kind === 'ACCEPTANCE_SHEET' ? routes.goLive(subjectId) : routes.request(subjectId);

/** 待盖章材料: whose seal is missing on what, since when, and what waits for it. */
export function WaitingPapersPage() {
  const { t } = useTranslation();
  const uploads = useMay()('REQUEST', 'SUBMIT');
  const list = useList({
    name: 'waiting-papers',
    spec,
    query: WaitingPaperListQuery,
    variables: ({ search, kinds: of, parties: by, only }) => ({
      filter: {
        search: search || null,
        kinds: of.length > 0 ? of : null,
        parties: by.length > 0 ? by : null,
        blocking: only.includes('blocking') || null,
      },
    }),
    rows: ({ waitingPapers }) => ({ ...waitingPapers, rows: readFragment(WaitingPaperRow, waitingPapers.nodes) }),
  });
  const columns = useMemo(() => columnsOf(t, uploads), [t, uploads]);
  const { filter, setFilter } = list;
  return (
    <ListPage
      list={list}
      title={t('waitingPaper.list')}
      lead={t('waitingPaper.lead')}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('waitingPaper.search')}
            placeholder={t('waitingPaper.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <ChipFilter
            label={t('waitingPaper.kindLabel')}
            options={kinds.map((value) => ({ value, text: t(`waitingPaper.kind.${value}`) }))}
            value={filter.kinds}
            onChange={(chosen) => setFilter({ kinds: chosen })}
          />
          <ChipFilter
            label={t('waitingPaper.who')}
            options={parties.map((value) => ({ value, text: t(`goLive.party.${value}`) }))}
            value={filter.parties}
            onChange={(chosen) => setFilter({ parties: chosen })}
          />
          <ChipFilter
            label={t('chain.only')}
            options={[{ value: 'blocking' as const, text: t('waitingPaper.blocking') }]}
            value={filter.only}
            onChange={(only) => setFilter({ only })}
          />
        </>
      }
      empty={
        <EmptyState title={t('waitingPaper.none')} action={<Link to={routes.requests()}>{t('request.list')}</Link>}>
          {t('waitingPaper.noneText')}
        </EmptyState>
      }
    />
  );
}

function columnsOf(t: TFunction, uploads: boolean): Column<Row>[] {
  const who = ({ parties: open, department }: Row) =>
    open
      .map((party) => (party === 'DEPARTMENT' ? (department?.name ?? '') : t(`goLive.party.${party}`)))
      .join(t('common.comma'));
  const waits = (row: Row) => (row.blocking ? row.blocks : t('waitingPaper.later', { step: row.blocks }));
  return [
    {
      key: 'code',
      title: t('waitingPaper.code'),
      leading: true,
      render: (row) => (
        <Link className="jy-code" to={placeOf(row)}>
          {row.code}
        </Link>
      ),
      text: (row) => row.code,
    },
    {
      key: 'kind',
      title: t('waitingPaper.kindLabel'),
      render: (row) => (
        <>
          {t(`waitingPaper.kind.${row.kind}`)}
          {row.standing === 'VOID' && (
            <StateTag look={{ tone: 'bad', icon: StopOutlined }} word={t('papers.standing.VOID')} />
          )}
        </>
      ),
      text: (row) => t(`waitingPaper.kind.${row.kind}`),
    },
    { key: 'system', title: t('deliverySheet.system'), render: (row) => row.systemName, text: (row) => row.systemName },
    { key: 'who', title: t('waitingPaper.who'), render: who, text: who },
    { key: 'blocks', title: t('waitingPaper.blocks'), render: waits, text: waits },
    {
      key: 'since',
      title: t('waitingPaper.since'),
      render: (row) => <Time at={row.since} />,
      text: (row) => exactTime(row.since),
    },
    {
      key: 'due',
      title: t('waitingPaper.due'),
      render: (row) => <Time at={row.dueAt} />,
      text: (row) => (row.dueAt ? exactTime(row.dueAt) : null),
    },
    {
      key: 'standing',
      title: t('waitingPaper.standing'),
      optional: true,
      render: (row) => t(`papers.standing.${row.standing}`),
      text: (row) => t(`papers.standing.${row.standing}`),
    },
    {
      key: 'acts',
      title: t('waitingPaper.acts'),
      render: (row) => (
        <span className="jy-row-acts">
          <a href={row.printUrl} download aria-label={t('waitingPaper.printOne', { code: row.code })}>
            <PrinterOutlined aria-hidden /> {t('waitingPaper.print')}
          </a>
          {uploads && row.kind !== 'ACCEPTANCE_SHEET' && (
            <Link
              to={`${placeOf(row)}?${PUT}=${PUTS[row.kind]}`}
              aria-label={t('waitingPaper.uploadOne', { code: row.code })}
            >
              <UploadOutlined aria-hidden /> {t('waitingPaper.upload')}
            </Link>
          )}
        </span>
      ),
      text: () => null,
    },
  ];
}
