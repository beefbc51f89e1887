import { expect, it } from '@jest/globals';
import { say } from '../../kernel/bilingual.js';
import { wordedAnswers } from './granted-line.js';

it('tells whoever does the work what was answered in the words in which it was asked', () => {
  const fields = [
    { key: 'domain', label: say('域名', 'Domain'), choices: [] },
    {
      key: 'certificate',
      label: say('证书', 'Certificate'),
      choices: [{ value: 'both', label: say('双证书', 'Both') }],
    },
  ];
  const answers = [
    { key: 'domain', value: 'www.example.gov.cn' },
    { key: 'certificate', value: 'both' },
    { key: 'gone', value: 'x' },
  ];
  expect(wordedAnswers(answers, fields)).toEqual([
    { key: '域名', value: 'www.example.gov.cn' },
    { key: '证书', value: '双证书' },
    { key: 'gone', value: 'x' },
  ]);
});
