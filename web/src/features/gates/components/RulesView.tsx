import { CloseCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { GateSeverity } from '../../../graphql/enums';
import { Panel } from '../../../ui/Panel';
import { type StateLook, StateTag } from '../../../ui/StateTag';
import { checkWords, conditionWords, type Edition, type Meaning } from '../gate-words';

const looks: Record<GateSeverity, StateLook> = {
  REFUSE: { tone: 'bad', icon: CloseCircleOutlined },
  WARN: { tone: 'waiting', icon: ExclamationCircleOutlined },
};

/** An edition as it reads: each rule with what it looks at, for what, and what follows. */
export function RulesView({ edition, meanings }: { edition: Edition; meanings: readonly Meaning[] }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  return (
    <Panel
      title={t('gates.rules')}
      aside={<span className="jy-quiet-text">{t('gates.from', { date: edition.effectiveFrom })}</span>}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <section className="jy-scroll-x" tabIndex={0} aria-label={t('gates.rules')}>
        <table className="jy-small-table jy-gate-table">
          <thead>
            <tr>
              <th scope="col">{t('gates.severity')}</th>
              <th scope="col">{t('gates.name')}</th>
              <th scope="col">{t('gates.check')}</th>
              <th scope="col">{t('gates.appliesTo')}</th>
              <th scope="col">{t('gates.linkTo')}</th>
            </tr>
          </thead>
          <tbody>
            {edition.rules.map((rule) => (
              <tr key={rule.key}>
                <td>
                  <StateTag look={looks[rule.severity]} word={t(`gates.severities.${rule.severity}`)} />
                </td>
                <th scope="row">
                  {rule.title[language]}
                  <span className="jy-gate-text">{rule.text[language]}</span>
                </th>
                <td>{checkWords(t, rule, meanings)}</td>
                <td>{conditionWords(t, rule.condition)}</td>
                <td>{t(`gates.remedy.${rule.linkTo}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
