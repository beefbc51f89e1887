import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../../ui/Money';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { relationWords } from '../request-line';
import { type Choices, type LineDraft, modesOf, relationChoices } from './line-draft';
import { countWords, lineWords } from './line-words';
import { effectiveModes, type RequestDraft } from './request-draft';
import type { Preview } from './use-preview';

type Props = {
  draft: RequestDraft;
  choices: Choices;
  preview: Preview | null;
  /** Back to the form, at this field. */
  onEdit: (field: string) => void;
};

/** Everything that will be sent, read back before it is, each with the way to its field. */
export function CheckAnswers({ draft, choices, preview, onEdit }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  // The form gave way to this: whoever hears the page is told where he is.
  useEffect(() => heading.current?.focus(), []);
  const modes = effectiveModes(draft);
  const project = draft.system?.projects.find(({ id }) => id === draft.projectId);
  const answers: { field: string; label: string; value: ReactNode }[] = [
    { field: 'systemId', label: t('request.system'), value: draft.system?.name },
    {
      field: 'projectId',
      label: t('request.project'),
      value:
        project &&
        `${project.name} · ${t('request.fundingText', { year: project.budgetYear, source: project.fundSource })}`,
    },
    {
      field: 'localMode',
      label: t('request.drMode'),
      value: `${t(`localMode.${modes.localMode}`)} · ${t(`remoteMode.${modes.remoteMode}`)}`,
    },
    { field: 'purpose', label: t('request.purpose'), value: draft.purpose },
    {
      field: draft.temporaryUntil ? 'temporaryUntil' : 'term',
      label: t('life.term'),
      value: draft.temporaryUntil ? t('life.until', { day: draft.temporaryUntil }) : t('life.longTerm'),
    },
  ];
  return (
    <>
      <section className="jy-panel" aria-labelledby="check-title">
        <h2 id="check-title" ref={heading} tabIndex={-1}>
          {t('requestCheck.title')}
        </h2>
        <p className="jy-hint">{t('requestCheck.lead')}</p>
        <dl className="jy-answers">
          {answers.map(({ field, label, value }) => (
            <div key={field}>
              <dt>{label}</dt>
              <dd>{value}</dd>
              <dd>
                <EditButton what={label} onPress={() => onEdit(field)} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="jy-panel" aria-labelledby="check-lines">
        <h2 id="check-lines">{t('request.lines')}</h2>
        <ol className="jy-answers">
          {draft.lines.map((line, number) => (
            <li key={line.key}>
              <LineAnswer line={line} number={number} draft={draft} choices={choices} preview={preview} />
              <EditButton
                what={t('requestForm.line', { line: number + 1 })}
                onPress={() => onEdit(`lines.${number}.offerId`)}
              />
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function EditButton({ what, onPress }: { what: string; onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <Button type="link" size="small" onClick={onPress} aria-label={t('requestCheck.editOne', { what })}>
      {t('requestCheck.edit')}
    </Button>
  );
}

type LineProps = { line: LineDraft; number: number; draft: RequestDraft; choices: Choices; preview: Preview | null };

function LineAnswer({ line, number, draft, choices, preview }: LineProps) {
  const { t } = useTranslation();
  const planned = preview?.result.lines.find(({ index }) => preview.lineNumbers[index] === number);
  const modes = { ...effectiveModes(draft), ...dropNull(modesOf(line, draft)) };
  const relations = relationChoices(line, draft.lines).filter(({ value }) => line.relations.includes(value));
  return (
    <div>
      <div className="jy-line-head">
        <span className="jy-strong">
          {t(`lineKind.${line.kind}`)} · {line.name}
        </span>
        <span className="jy-number">{countWords(line, choices, t)}</span>
        {planned && (
          <span className="jy-line-cost">
            <Money fen={planned.monthlyCost} />
            <span className="jy-quiet-text"> {t('request.perMonth')}</span>
          </span>
        )}
      </div>
      <p>{lineWords(line, choices, t)}</p>
      {line.kind !== 'SERVICE' && (
        <p className="jy-line-place">
          <span className="jy-quiet-text">
            {t(`localMode.${modes.localMode}`)} · {t(`remoteMode.${modes.remoteMode}`)}
          </span>
          {planned?.shares.map(
            (share) =>
              share.center && <CenterMark key={share.share} role={share.center.role} name={share.center.name} />,
          )}
        </p>
      )}
      {relations.length > 0 && <p className="jy-quiet-text">{relationWords(relations, t)}</p>}
    </div>
  );
}

/** What a line says itself wins over what the request comes to. */
function dropNull<T extends object>(modes: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(modes).filter(([, mode]) => mode !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
