import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Facts } from '../../../ui/Facts';
import { BackBanner } from '../../../ui/gates/BackBanner';
import { Money } from '../../../ui/Money';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { QuotaPanel } from '../../../ui/quota/QuotaPanel';
import { ProjectPageQuery, ProjectParts } from '../projects.gql';

const unknown = <span className="jy-quiet-text">–</span>;

export function ProjectPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: ProjectPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const list = <Link to={routes.projects()}>{t('project.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={list}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const project = readFragment(ProjectParts, data.project);
  return (
    <>
      <PageHeader
        title={project.name}
        back={list}
        actions={
          project.editing !== 'NONE' && (
            <Button
              type="primary"
              icon={<EditOutlined aria-hidden />}
              onClick={() => void navigate(routes.editProject(project.id))}
            >
              {t(project.editing === 'ALL' ? 'project.edit' : 'project.editKeys')}
            </Button>
          )
        }
      >
        <span className="jy-code">{project.code}</span>
      </PageHeader>
      <BackBanner editable={project.editing !== 'NONE'} />
      <div className="jy-detail">
        <div className="jy-detail-main">
          <ProjectFacts project={project} />
          <ProjectSystems project={project} />
        </div>
        <div className="jy-detail-aside">
          {project.quota && <QuotaPanel quota={project.quota} />}
          <Attachments project={project} />
        </div>
      </div>
    </>
  );
}

type Props = { project: ResultOf<typeof ProjectParts> };

function ProjectFacts({ project }: Props) {
  const { t } = useTranslation();
  const code = (value: string | null) => (value === null ? unknown : <span className="jy-code">{value}</span>);
  return (
    <>
      <Panel title={t('project.facts')}>
        <Facts
          facts={[
            { label: t('request.department'), value: project.department.name },
            { label: t('project.approvalNumber'), value: code(project.approvalNumber) },
            { label: t('project.filingNumber'), value: code(project.filingNumber) },
            { label: t('project.filedOn'), value: project.filedOn ?? unknown },
            {
              label: t('project.totalBudget'),
              value: project.totalBudget === null ? unknown : <Money fen={project.totalBudget} />,
            },
            { label: t('project.fundSource'), value: project.fundSource },
            {
              label: t('project.targets'),
              wide: true,
              value:
                project.performanceTargets.length === 0 ? (
                  t('project.noTargets')
                ) : (
                  <ul className="jy-plain-list">
                    {project.performanceTargets.map((target) => (
                      <li key={target}>{target}</li>
                    ))}
                  </ul>
                ),
            },
          ]}
        />
      </Panel>
      <Panel title={t('project.keys')}>
        <Facts
          facts={[
            { label: t('project.fundingMode'), value: t(`project.fundingModes.${project.fundingMode}`) },
            { label: t('project.budgetYear'), value: project.budgetYear },
            { label: t('project.budgetLevel'), value: t(`project.budgetLevels.${project.budgetLevel}`) },
            { label: t('project.budgetCode'), value: code(project.budgetCode) },
            { label: t('project.functionClass'), value: code(project.functionClass) },
            { label: t('project.economicClass'), value: code(project.economicClass) },
            {
              label: t('project.fundNature'),
              value: project.fundNature ? t(`project.fundNatures.${project.fundNature}`) : unknown,
            },
          ]}
        />
      </Panel>
    </>
  );
}

function ProjectSystems({ project }: Props) {
  const { t } = useTranslation();
  return (
    <Panel title={t('project.systems')}>
      {project.periods.length === 0 ? (
        <p className="jy-quiet-text">{t('project.noSystems')}</p>
      ) : (
        <ul className="jy-plain-list">
          {project.periods.map(({ from, to, system }) => (
            <li key={`${system.id} ${from}`}>
              <Link to={routes.system(system.id)}>{system.name}</Link>
              <span className="jy-code">{system.code}</span>
              <span className="jy-number jy-plain-end">
                {to ? t('system.period', { from, to }) : t('system.openPeriod', { from })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Attachments({ project }: Props) {
  const { t } = useTranslation();
  return (
    <Panel title={t('project.attachments')}>
      {project.attachments.length === 0 ? (
        <p className="jy-quiet-text">{t('project.noAttachments')}</p>
      ) : (
        <ul className="jy-plain-list">
          {project.attachments.map((file) => (
            <li key={file.id}>
              <a href={file.url} download={file.name}>
                {file.name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
