import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertSubject } from '../../../src/channels/email/subject.js';
import {
  alertContent,
  changeContent,
  changesOfEveryKind,
  hostile,
} from '../../support/alert-content-fixture.js';

const named = (entity: string, document: string, title: string, more = 0) => {
  const base = alertContent();
  const change = changeContent();
  return alertContent({
    entity: { ...base.entity, name: entity },
    document: { ...base.document, title: document },
    changes: [
      { ...change, provision: { ...change.provision, title } },
      ...Array.from({ length: more }, () => changeContent()),
    ],
  });
};

describe('the subject', () => {
  it('names severity, direction, entity, document and clause', () => {
    const content = named(
      'Amazon',
      'AWS Acceptable Use Policy',
      'Customer Responsibility for End-User Conduct',
    );
    expect(alertSubject(content)).toBe(
      '[High ▲] Amazon: AWS Acceptable Use Policy: Customer Responsibility for End-User Conduct',
    );
  });

  it('counts the other changes', () => {
    expect(alertSubject(named('Amazon', 'AUP', 'Conduct', 2))).toBe('[High ▲] Amazon: AUP: Conduct +2 more');
  });

  it('speaks of the change that has the highest severity, whatever comes first', () => {
    const [, , , eased, withdrawn] = changesOfEveryKind;
    const changes = [withdrawn, eased].flatMap((one) => one ?? []);
    expect(alertSubject(alertContent({ changes }))).toMatch(
      /^\[High ▼\] .*: Notice before Suspension \+1 more$/,
    );
  });

  it('is one line whatever the names hold', () => {
    const subject = alertSubject(
      named('Evil\r\nBcc: x@evil.example', hostile.lineEnds, 'a\u2028b\u0000c\u0085d'),
    );
    expect(subject).toBe('[High ▲] Evil Bcc: x@evil.example: Terms Bcc: everyone@evil.example body: a b c d');
  });

  it('spells out what would turn its words around', () => {
    expect(alertSubject(named('A', 'B', 'x\u202Ey'))).toBe('[High ▲] A: B: x[U+202E]y');
  });

  it('cuts long names with an ellipsis and keeps the count', () => {
    const subject = alertSubject(named('E'.repeat(1_000), 'D '.repeat(500), '😀'.repeat(500), 3));
    expect(subject).toMatch(/^\[High ▲\] E+…: D.*…: 😀+…? \+3 more$/u);
    expect(subject.length).toBeLessThanOrEqual(240);
    expect(subject.isWellFormed()).toBe(true);
  });

  it('holds no control character and stays short for any names', () => {
    const name = fc.string({ unit: 'binary', maxLength: 1_000 });
    fc.assert(
      fc.property(name, name, name, (entity, document, title) => {
        const subject = alertSubject(named(entity, document, title));
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
        expect(subject.length).toBeLessThanOrEqual(240);
      }),
    );
  });
});
