import { describe, expect, it } from '@jest/globals';
import { say } from '../../kernel/bilingual.js';
import { draftThere, type EditionSubject, refusedChange, refusedPublishing, summaryOf } from './edition.js';

const published: EditionSubject = { name: say('准入规则', 'the gates'), verb: 'PUBLISH' };
const reckoned: EditionSubject = { name: say('自建测算参数', 'the self-build assumptions'), verb: 'PUT_IN_FORCE' };
const draft = { number: null, version: 3, changedById: 'u1' };

describe('an edition', () => {
  it('is changed only while it is a draft, and only as it was seen', () => {
    expect(refusedChange(published, draft, 3, 'gate.saveDraft')).toBeNull();
    expect(refusedChange(published, null, 3, 'gate.saveDraft')?.code).toBe('UNKNOWN_REFERENCE');
    expect(refusedChange(published, draft, 2, 'gate.saveDraft')).toMatchObject({
      code: 'VERSION_CONFLICT',
      expected: 2,
      current: 3,
    });
    // That it stays is said before that somebody was quicker.
    expect(refusedChange(published, { ...draft, number: 2 }, 1, 'gate.publish')).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      state: 'PUBLISHED',
      action: 'gate.publish',
      message: {
        zh: '准入规则第 2 版已发布，不能再改；请另起草稿',
        en: 'Edition 2 of the gates is published and stays; begin another draft',
      },
    });
  });

  it('is put in force by another than who changed it last', () => {
    expect(refusedPublishing(published, draft, 'u2')).toBeNull();
    expect(refusedPublishing(published, { ...draft, changedById: null }, 'u2')).toBeNull();
    expect(refusedPublishing(reckoned, draft, 'u1')).toMatchObject({
      code: 'NOT_PERMITTED',
      reason: 'OWN_DRAFT',
      message: {
        zh: '不能启用自己修改的草稿，请由他人启用',
        en: 'Nobody puts a draft of their own in force; ask another',
      },
    });
  });

  it('is told of in the words of what it is', () => {
    expect(draftThere(reckoned).message).toEqual({
      zh: '已有一份自建测算参数草稿，请先启用或放弃它',
      en: 'There is a draft of the self-build assumptions already; put it in force or discard it first',
    });
    expect(summaryOf.published(published, 4, '2026-12-01')).toEqual({
      zh: '发布准入规则第 4 版，自 2026-12-01 起施行',
      en: 'Published edition 4 of the gates, in force from 2026-12-01',
    });
    expect(summaryOf.published(published, 4, undefined)).toEqual({
      zh: '发布准入规则第 4 版',
      en: 'Published edition 4 of the gates',
    });
    expect(summaryOf.published(reckoned, 1, '2026-12-01').en).toBe(
      'Put edition 1 of the self-build assumptions in force from 2026-12-01',
    );
  });
});
