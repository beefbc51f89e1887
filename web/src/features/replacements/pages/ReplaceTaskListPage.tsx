import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReplaceTaskState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { replaceTaskStates } from '../../../ui/replace-task-states';
import { TaskTabs } from '../../../ui/tasks/TaskTabs';
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { useMay } from '../../../ui/viewer-context';
import { RePlaceDialog } from '../components/RePlaceDialog';
import { placeColumn, type ReplaceTask, replaceColumns } from '../components/replace-columns';
import { ReplaceTaskListQuery, ReplaceTaskRow } from '../replacements.gql';

const states = Object.keys(replaceTaskStates) as ReplaceTaskState[];
const spec = { search: urlText(), states: urlManyOf(states), center: urlText() };

/** 改放任务: granted machines that no node of their cluster takes, and where they were placed instead. */
export function ReplaceTaskListPage() {
  const { t } = useTranslation();
  const places = useMay()('CAPACITY', 'EDIT');
  const list = useList({
    name: 'replace-tasks',
    spec,
    query: ReplaceTaskListQuery,
    variables: ({ center, search, states: in_ }) => ({
      filter: { search: search || null, states: in_.length > 0 ? in_ : null, centerId: center || null },
    }),
    rows: ({ replaceTasks }) => ({ ...replaceTasks, rows: readFragment(ReplaceTaskRow, replaceTasks.nodes) }),
  });
  const { data, filter, setFilter } = list;
  const [asked, setAsked] = useState<ReplaceTask | null>(null);
  const columns = useMemo(() => {
    const all = replaceColumns(t);
    return places ? [...all, placeColumn(t, setAsked)] : all;
  }, [t, places]);
  return (
    <>
      <ListPage
        list={list}
        title={t('replace.title')}
        lead={
          <>
            {t('replace.lead')}
            <TaskTabs />
          </>
        }
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchFilter
              label={t('task.search')}
              placeholder={t('task.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <CenterFilter centers={data?.centers} value={filter.center} onChange={(center) => setFilter({ center })} />
            <ChipFilter
              label={t('replace.stateOf')}
              options={states.map((value) => ({ value, text: t(`replace.state.${value}`) }))}
              value={filter.states}
              onChange={(in_) => setFilter({ states: in_ })}
            />
          </>
        }
        empty={
          <EmptyState title={t('replace.none')} action={<Link to={routes.tasks()}>{t('task.title')}</Link>}>
            {t('replace.noneText')}
          </EmptyState>
        }
      />
      {asked && <RePlaceDialog task={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
