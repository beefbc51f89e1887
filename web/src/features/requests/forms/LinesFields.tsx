import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RequestLineKind } from '../../../graphql/enums';
import { uniqueId } from '../../../lib/unique-id';
import type { FormError } from '../../../ui/forms/form-errors';
import { LineFields } from './LineFields';
import { type Choices, FORM_LINES_MOST, freeName, type LineDraft, lineKinds, newLine } from './line-draft';
import { effectiveModes, type RequestDraft } from './request-draft';

type Props = {
  draft: RequestDraft;
  choices: Choices;
  errors: readonly FormError[];
  onChangeLine: (before: LineDraft, next: LineDraft, number: number) => void;
  onChangeLines: (lines: (now: LineDraft[]) => LineDraft[]) => void;
};

/** Lines of all kinds, one under the other in the order in which they were added. */
export function LinesFields({ draft, choices, errors, onChangeLine, onChangeLines }: Props) {
  const { t } = useTranslation();
  const modes = effectiveModes(draft);
  const full = draft.lines.length >= FORM_LINES_MOST;
  const add = (kind: RequestLineKind) => onChangeLines((now) => [...now, newLine(choices, now, kind)]);
  const copy = (line: LineDraft) =>
    onChangeLines((now) => [...now, { ...line, key: uniqueId(), name: freeName(now, line.name.replace(/\d+$/, '')) }]);
  return (
    <section className="jy-panel" aria-labelledby="request-lines" id="field-lines" tabIndex={-1}>
      <h2 id="request-lines">{t('request.lines')}</h2>
      {draft.lines.map((line, number) => (
        <LineFields
          key={line.key}
          line={line}
          number={number}
          lines={draft.lines}
          choices={choices}
          modes={modes}
          errors={errors}
          onChange={(next) => onChangeLine(line, next, number)}
          onCopy={() => copy(line)}
          onRemove={
            draft.lines.length > 1 ? () => onChangeLines((now) => now.filter((other) => other.key !== line.key)) : null
          }
        />
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: buttons of one sort, not fields of a form. */}
      <div className="jy-add-lines" role="group" aria-label={t('requestLine.add')}>
        <span aria-hidden="true">{t('requestLine.add')}</span>
        {lineKinds.map((kind) => (
          <Button key={kind} icon={<PlusOutlined aria-hidden />} disabled={full} onClick={() => add(kind)}>
            {t(`lineKind.${kind}`)}
          </Button>
        ))}
      </div>
      {full && <p className="jy-hint">{t('requestLine.full', { most: FORM_LINES_MOST })}</p>}
    </section>
  );
}
