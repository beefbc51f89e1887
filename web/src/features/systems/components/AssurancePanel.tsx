import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { Facts } from '../../../ui/Facts';
import { PUT } from '../../../ui/gates/remedy';
import { Panel } from '../../../ui/Panel';
import { SystemAssurance } from '../systems.gql';
import { DeclareDialog } from './DeclareDialog';
import { ReliabilityDialog } from './ReliabilityDialog';
import { AssessmentTag, DeclarationTag, FiledTag } from './states';

type Signing = 'declaration' | 'reliability' | null;

/** What stands for the system's trust: level and filing, assessments, the declaration, its data. */
export function AssurancePanel({ system: masked }: { system: FragmentOf<typeof SystemAssurance> }) {
  const { t } = useTranslation();
  const system = readFragment(SystemAssurance, masked);
  // A refused request leads here to what is to be signed.
  const [params] = useSearchParams();
  const asked = params.get(PUT);
  const [signing, setSigning] = useState<Signing>(() =>
    system.editable && (asked === 'declaration' || asked === 'reliability') ? asked : null,
  );
  const { filingNumber, filingOrgan, filedOn, declarationFile } = system;
  const yesNo = (value: boolean) => t(value ? 'system.yes' : 'system.no');
  return (
    <Panel
      title={t('system.assurance')}
      aside={
        system.editable && (
          <span className="jy-tags">
            <Button onClick={() => setSigning('declaration')}>{t('system.declare')}</Button>
            <Button onClick={() => setSigning('reliability')}>{t('system.stateReliability')}</Button>
          </span>
        )
      }
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
            label: t('system.reliability'),
            wide: true,
            value: <ReliabilityFacts system={system} />,
          },
          {
            label: t('system.dataClass'),
            value: system.dataClass ? t(`system.dataClasses.${system.dataClass}`) : t('system.notClassed'),
          },
          { label: t('system.critical'), value: yesNo(system.criticalInfrastructure) },
          { label: t('system.shares'), value: yesNo(system.sharesData) },
        ]}
      />
      {signing === 'declaration' && <DeclareDialog system={system} onClose={() => setSigning(null)} />}
      {signing === 'reliability' && <ReliabilityDialog system={system} onClose={() => setSigning(null)} />}
    </Panel>
  );
}

/** 安全可靠情况说明: until when, the signed file, and what of the system is not domestic, with its reason. */
function ReliabilityFacts({ system }: { system: ResultOf<typeof SystemAssurance> }) {
  const { t } = useTranslation();
  const { reliabilityEntries, reliabilityFile, reliabilityState, reliabilityValidUntil } = system;
  return (
    <>
      <span className="jy-tags">
        <DeclarationTag state={reliabilityState} />
        {reliabilityValidUntil && (
          <span className="jy-number">{t('system.validUntil', { date: reliabilityValidUntil })}</span>
        )}
        {reliabilityFile && (
          <a href={reliabilityFile.url} download={reliabilityFile.name}>
            {reliabilityFile.name}
          </a>
        )}
      </span>
      {reliabilityEntries.length > 0 && (
        <ul className="jy-plain-list jy-plain-columns">
          {reliabilityEntries.map(({ part, product, domestic, reason }) => (
            <li key={`${part} ${product}`}>
              <span className="jy-quiet-text">{t(`system.parts.${part}`)}</span>
              <span>
                {product} {reason && <span className="jy-quiet-text">{reason}</span>}
              </span>
              <span className={domestic ? 'jy-mark' : 'jy-mark jy-mark-stale'}>
                {t(domestic ? 'system.domestic' : 'system.foreign')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
