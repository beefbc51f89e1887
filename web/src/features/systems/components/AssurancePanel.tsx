import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { SystemAssurance } from '../systems.gql';
import { DeclareDialog } from './DeclareDialog';
import { AssessmentTag, DeclarationTag, FiledTag } from './states';

/** What stands for the system's trust: level and filing, assessments, the declaration, its data. */
export function AssurancePanel({ system: masked }: { system: FragmentOf<typeof SystemAssurance> }) {
  const { t } = useTranslation();
  const [declaring, setDeclaring] = useState(false);
  const system = readFragment(SystemAssurance, masked);
  const { filingNumber, filingOrgan, filedOn, declarationFile } = system;
  const yesNo = (value: boolean) => t(value ? 'system.yes' : 'system.no');
  return (
    <Panel
      title={t('system.assurance')}
      aside={system.editable && <Button onClick={() => setDeclaring(true)}>{t('system.declare')}</Button>}
    >
      <Facts
        facts={[
          { label: t('system.level'), value: t('system.levelText', { level: system.protectionLevel }) },
          {
            label: t('system.filing'),
            value: (
              <span className="jy-tags">
                <FiledTag filed={system.filed} />
                {filingNumber && <span className="jy-code">{filingNumber}</span>}
                {filingOrgan && <span>{filingOrgan}</span>}
                {filedOn && <span className="jy-number">{filedOn}</span>}
              </span>
            ),
          },
          {
            label: t('system.assessment'),
            value: system.assessmentResult ? (
              <span className="jy-tags">
                <AssessmentTag result={system.assessmentResult} />
                <span className="jy-number">{system.assessedOn}</span>
              </span>
            ) : (
              t('system.notAssessed')
            ),
          },
          {
            label: t('system.crypto'),
            value: system.cryptoResult ? (
              <span className="jy-tags">
                <AssessmentTag result={system.cryptoResult} />
                <span className="jy-number">{system.cryptoAssessedOn}</span>
                <span className="jy-code">{system.cryptoNumber}</span>
              </span>
            ) : (
              t('system.notAssessed')
            ),
          },
          {
            label: t('system.declaration'),
            value: (
              <span className="jy-tags">
                <DeclarationTag state={system.declarationState} />
                {system.declarationValidUntil && (
                  <span className="jy-number">{t('system.validUntil', { date: system.declarationValidUntil })}</span>
                )}
                {declarationFile && (
                  <a href={declarationFile.url} download={declarationFile.name}>
                    {declarationFile.name}
                  </a>
                )}
              </span>
            ),
          },
          {
            label: t('system.dataClass'),
            value: system.dataClass ? t(`system.dataClasses.${system.dataClass}`) : t('system.notClassed'),
          },
          { label: t('system.critical'), value: yesNo(system.criticalInfrastructure) },
          { label: t('system.shares'), value: yesNo(system.sharesData) },
        ]}
      />
      {declaring && <DeclareDialog system={system} onClose={() => setDeclaring(false)} />}
    </Panel>
  );
}
