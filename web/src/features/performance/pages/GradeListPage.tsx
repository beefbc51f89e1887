import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PerformanceGrade, PerformanceSubjectKind } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { GradeTag, grades } from '../../../ui/performance/GradeTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { useMay } from '../../../ui/viewer-context';
import { RunsPanel } from '../forms/RunsPanel';
import { GradeListQuery, GradeRow } from '../performance.gql';
import { pointsText } from '../words';

type Row = ResultOf<typeof GradeRow>;
const allGrades = Object.keys(grades) as PerformanceGrade[];
const kinds: PerformanceSubjectKind[] = ['SYSTEM', 'DEPARTMENT'];
const spec = { search: urlText(), run: urlText(), grades: urlManyOf(allGrades), kinds: urlManyOf(kinds) };

/** 绩效评价: the grades of systems and departments, the newest evaluation first; those who evaluate have their runs above. */
export function GradeListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList({
    name: 'grades',
    spec,
    query: GradeListQuery,
    variables: ({ search, run, grades: chosen, kinds: ofKinds }) => ({
      filter: {
        search: search || null,
        runId: run || null,
        grades: chosen.length > 0 ? chosen : null,
        kind: ofKinds.length === 1 ? ofKinds[0] : null,
      },
    }),
    rows: ({ performanceEvaluations }) => ({
      ...performanceEvaluations,
      rows: readFragment(GradeRow, performanceEvaluations.nodes),
    }),
  });
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        key: 'subject',
        title: t('performance.subject'),
        leading: true,
        render: (row) => <Link to={routes.grade(row.id)}>{row.subjectName}</Link>,
        text: (row) => row.subjectName,
      },
      {
        key: 'grade',
        title: t('performance.gradeLabel'),
        render: (row) => <GradeTag grade={row.grade} />,
        text: (row) => (row.grade ? t(`performance.grade.${row.grade}`) : t('performance.ungraded')),
      },
      {
        key: 'points',
        title: t('performance.points'),
        numeric: true,
        render: (row) => <span className="jy-number">{pointsText(row.points)}</span>,
        text: (row) => pointsText(row.points),
      },
      {
        key: 'evidence',
        title: t('performance.evidencePercent'),
        render: (row) => <span className="jy-number">{row.evidencePercent}%</span>,
        text: (row) => `${row.evidencePercent}%`,
      },
      {
        key: 'period',
        title: t('performance.period'),
        render: (row) => <span className="jy-number">{row.period}</span>,
        text: (row) => row.period,
      },
      {
        key: 'kind',
        title: t('performance.kindLabel'),
        render: (row) => t(`performance.kind.${row.kind}`),
        text: (row) => t(`performance.kind.${row.kind}`),
      },
      {
        key: 'department',
        title: t('performance.department'),
        render: (row) => row.departmentName,
        text: (row) => row.departmentName,
      },
      {
        key: 'code',
        title: t('performance.code'),
        render: (row) => (
          <span className="jy-code">
            {row.code}
            {row.version > 1 && ` v${row.version}`}
          </span>
        ),
        text: (row) => (row.version > 1 ? `${row.code} v${row.version}` : row.code),
      },
      {
        key: 'publishedAt',
        title: t('performance.publishedAt'),
        optional: true,
        render: (row) => (row.publishedAt ? <Time at={row.publishedAt} /> : t('performance.notPublished')),
        text: (row) => (row.publishedAt ? exactTime(row.publishedAt) : null),
      },
    ],
    [t],
  );
  const works = may('PERFORMANCE', 'EDIT') || may('PERFORMANCE', 'REVIEW');
  return (
    <ListPage
      list={list}
      title={t('performance.title')}
      lead={t('performance.lead')}
      columns={columns}
      rowKey={(row) => row.id}
      actions={<Link to={routes.performanceRules()}>{t('performance.rules')}</Link>}
      above={
        works && (
          <RunsPanel
            shown={list.filter.run}
            onShow={(run) => list.setFilter({ run: run === list.filter.run ? '' : run })}
          />
        )
      }
      filters={
        <>
          <SearchFilter
            label={t('performance.search')}
            placeholder={t('performance.searchPlaceholder')}
            value={list.filter.search}
            onChange={(search) => list.setFilter({ search })}
          />
          <ChipFilter
            label={t('performance.gradeLabel')}
            options={allGrades.map((value) => ({ value, text: t(`performance.grade.${value}`) }))}
            value={list.filter.grades}
            onChange={(chosen) => list.setFilter({ grades: chosen })}
          />
          <ChipFilter
            label={t('performance.kindLabel')}
            options={kinds.map((value) => ({ value, text: t(`performance.kind.${value}`) }))}
            value={list.filter.kinds}
            onChange={(chosen) => list.setFilter({ kinds: chosen })}
          />
        </>
      }
      empty={
        <EmptyState
          title={t('performance.none')}
          action={<Link to={routes.performanceRules()}>{t('performance.rules')}</Link>}
        >
          {t('performance.noneText')}
        </EmptyState>
      }
    />
  );
}
