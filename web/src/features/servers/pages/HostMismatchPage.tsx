import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HostMismatchAction, HostMismatchSide, HostMismatchState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { actColumn, type Mismatch, mismatchColumns } from '../components/host-mismatch-columns';
import { hostMismatchStates } from '../components/host-mismatch-states';
import { useEngineer } from '../components/use-engineer';
import { DecideMismatchDialog } from '../forms/DecideMismatchDialog';
import { MatchHostDialog } from '../forms/MatchHostDialog';
import { HostMismatchListQuery, HostMismatchRow } from '../hosts.gql';

const states = Object.keys(hostMismatchStates) as HostMismatchState[];
const sides: readonly HostMismatchSide[] = ['HOST', 'SERVER'];
const spec = { search: urlText(), states: urlManyOf(states), sides: urlManyOf(sides), center: urlText() };
/** The API's own limit of one decision. */
const TOGETHER_MAX = 100;

type Asked = { rows: readonly Mismatch[]; action: HostMismatchAction };

/** 主机账实核对: BareMetalHosts without an asset, assets without a host, and what brings them together. */
export function HostMismatchPage() {
  const { t } = useTranslation();
  const engineer = useEngineer();
  const decides = engineer('EDIT');
  const list = useList({
    name: 'host-mismatches',
    spec,
    query: HostMismatchListQuery,
    variables: ({ center, search, sides: of, states: in_ }) => ({
      filter: {
        search: search || null,
        states: in_.length > 0 ? in_ : null,
        sides: of.length > 0 ? of : null,
        centerId: center || null,
      },
    }),
    rows: ({ hostMismatches }) => ({ ...hostMismatches, rows: readFragment(HostMismatchRow, hostMismatches.nodes) }),
  });
  const { data, filter, setFilter } = list;
  const [chosen, setChosen] = useState<ReadonlyMap<string, Mismatch>>(new Map());
  const [asked, setAsked] = useState<Asked | null>(null);
  const columns = useMemo(() => {
    const choose = (row: Mismatch) =>
      setChosen((now) => {
        const next = new Map(now);
        if (!next.delete(row.id)) next.set(row.id, row);
        return next;
      });
    const all = mismatchColumns(t, decides ? { chosen, choose } : null);
    return decides ? [...all, actColumn(t, (row, action) => setAsked({ rows: [row], action }))] : all;
  }, [t, decides, chosen]);
  const [only] = asked?.rows ?? [];
  return (
    <>
      <ListPage
        list={list}
        title={t('hostMismatch.title')}
        lead={t('hostMismatch.lead')}
        actions={
          chosen.size > 0 && (
            <>
              <Button onClick={() => setChosen(new Map())}>{t('hostMismatch.chooseNone')}</Button>
              <Button
                disabled={chosen.size > TOGETHER_MAX}
                onClick={() => setAsked({ rows: [...chosen.values()], action: 'IGNORE' })}
              >
                {t('hostMismatch.ignoreChosen', { total: chosen.size })}
              </Button>
            </>
          )
        }
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchFilter
              label={t('hostMismatch.search')}
              placeholder={t('hostMismatch.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <CenterFilter centers={data?.centers} value={filter.center} onChange={(center) => setFilter({ center })} />
            <ChipFilter
              label={t('hostMismatch.sideLabel')}
              options={sides.map((value) => ({ value, text: t(`hostMismatch.side.${value}`) }))}
              value={filter.sides}
              onChange={(of) => setFilter({ sides: of })}
            />
            <ChipFilter
              label={t('hostMismatch.stateLabel')}
              options={states.map((value) => ({ value, text: t(`hostMismatch.state.${value}`) }))}
              value={filter.states}
              onChange={(in_) => setFilter({ states: in_ })}
            />
          </>
        }
        empty={
          <EmptyState title={t('hostMismatch.none')} action={<Link to={routes.servers()}>{t('server.list')}</Link>}>
            {t('hostMismatch.noneText')}
          </EmptyState>
        }
      />
      {asked?.action === 'MATCH' && only && <MatchHostDialog row={only} onClose={() => setAsked(null)} />}
      {asked && asked.action !== 'MATCH' && (
        <DecideMismatchDialog
          rows={asked.rows}
          action={asked.action}
          onClose={() => setAsked(null)}
          onDone={() => {
            setAsked(null);
            setChosen(new Map());
          }}
        />
      )}
    </>
  );
}
