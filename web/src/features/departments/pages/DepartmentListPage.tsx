import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay, useViewer } from '../../../ui/viewer-context';
import { type Department, departmentColumns } from '../components/department-columns';
import { BureausQuery, DepartmentListQuery, DepartmentRow } from '../departments.gql';
import { DepartmentDialog } from '../forms/DepartmentDialog';
import { DepartmentForm } from '../forms/DepartmentForm';

const states = ['ACTIVE', 'CLOSED'] as const;
const spec = { search: urlText(), states: urlManyOf(states) };
/** Which city is folded out; it narrows nothing. */
const openSpec = { open: urlText() };

type Form = { department: Department | null; city: Department | null };

/** The tree of departments: what stands on top, a city folding out its bureaus. A search looks through all of it. */
export function DepartmentListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const { permissions } = useViewer();
  const [{ open }, setOpen] = useUrlState(openSpec);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [form, setForm] = useState<Form | null>(null);
  const list = useList({
    name: 'departments',
    spec,
    query: DepartmentListQuery,
    variables: ({ search, states: chosen }) => ({
      search: search || null,
      filter: { tops: search ? null : true, state: chosen.length === 1 ? (chosen[0] ?? null) : null },
    }),
    rows: ({ departments }) => ({ ...departments, rows: readFragment(DepartmentRow, departments.nodes) }),
  });
  const { filter, setFilter } = list;
  const [{ data: below }] = useQuery({
    query: BureausQuery,
    variables: { city: open },
    pause: !open || filter.search !== '',
    requestPolicy: 'cache-and-network',
  });
  const bureaus = readFragment(DepartmentRow, below?.departments.nodes ?? []);
  const folded = filter.search !== '' || !open;
  const rows = list.rows?.flatMap((row) => (!folded && row.id === open ? [row, ...bureaus] : [row])) ?? null;
  const chosen = rows?.find((row) => row.id === chosenId) ?? null;
  const seesUsers = may('USER', 'READ');
  const makesTops = permissions.some(
    (p) => p.object === 'DEPARTMENT' && p.action === 'CREATE' && p.scope === 'PROVINCE',
  );
  const columns = useMemo(
    () =>
      departmentColumns(t, {
        open: folded ? '' : open,
        onOpen: (id) => setOpen({ open: id }),
        onChoose: (row) => setChosenId(row.id),
        seesUsers,
      }),
    [t, open, folded, setOpen, seesUsers],
  );
  return (
    <>
      <ListPage
        list={{ ...list, rows }}
        title={t('department.list')}
        lead={t('department.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        actions={
          <>
            {may('USER', 'IMPORT') && (
              <Button onClick={() => void navigate(routes.newImport('users'))}>{t('people.import')}</Button>
            )}
            {makesTops && (
              <Button type="primary" onClick={() => setForm({ department: null, city: null })}>
                {t('department.create')}
              </Button>
            )}
          </>
        }
        filters={
          <>
            <SearchFilter
              label={t('department.search')}
              placeholder={t('department.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <ChipFilter
              label={t('department.state')}
              options={states.map((value) => ({ value, text: t(`department.states.${value}`) }))}
              value={filter.states}
              onChange={(next) => setFilter({ states: next.slice(-1) })}
            />
          </>
        }
        empty={<EmptyState title={t('department.none')}>{t('department.noneText')}</EmptyState>}
      />
      {chosen && (
        <DepartmentDialog
          department={chosen}
          seesUsers={seesUsers}
          onClose={() => setChosenId(null)}
          onEdit={() => {
            setForm({ department: chosen, city: null });
            setChosenId(null);
          }}
          onAddBureau={() => {
            setForm({ department: null, city: chosen });
            setOpen({ open: chosen.id });
            setChosenId(null);
          }}
        />
      )}
      {form && <DepartmentForm {...form} onClose={() => setForm(null)} />}
    </>
  );
}
