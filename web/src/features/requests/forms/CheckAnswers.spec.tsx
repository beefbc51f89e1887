import { afterEach, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { CheckAnswers } from './CheckAnswers';
import type { Choices, LineDraft } from './line-draft';
import type { RequestDraft } from './request-draft';

await withTranslations();
afterEach(cleanup);

const choices = { catalog: { offers: [], serverOffers: [], services: [], images: [] } } as unknown as Choices;
const server = (key: string, relations: string[] = []): LineDraft => ({
  ...{
    kind: 'SERVER',
    key,
    name: key,
    count: 1,
    offerId: 's',
    imageId: null,
    centerId: null,
    localMode: null,
    remoteMode: null,
  },
  relations,
});
const draft: RequestDraft = {
  ...{ system: null, projectId: null, localMode: null, remoteMode: null, purpose: '双机', temporaryUntil: null },
  lines: [server('db-a'), server('db-b', ['APART:CABINET:db-a', 'TOGETHER:ROOM:gone'])],
};

it('reads back how lines stand to each other, and nothing of lines that are gone', () => {
  render(<CheckAnswers draft={draft} choices={choices} preview={null} onEdit={() => undefined} />);
  expect(screen.getByText('与 db-a 不同机柜')).toBeTruthy();
  expect(screen.queryByText('gone', { exact: false })).toBeNull();
  expect(screen.getAllByText('1 台')).toHaveLength(2);
});
