import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  holdsNationalId,
  isLegalEntityId,
  isNationalId,
  isPostalCode,
  isWorkshopCode,
  withoutNationalIds,
} from './identifiers.js';

const inPersian = (text: string): string => text.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? '');
const inArabic = (text: string): string => text.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '');

describe('a national id', () => {
  it.each([
    '0499370899',
    '0790419904',
    '1583250689',
    '0684159414',
    '0068415941',
    '4400276201',
    '2540201288',
    '7400076205',
    '7340416501',
  ])('%s passes its check', (id) => expect(isNationalId(id)).toBe(true));

  it.each([
    '1234567890',
    '0010000000',
    '1110000001',
    '9999999999',
    '0000000000',
    '7781234567',
    '68415941',
    '000123456',
    '04993708990',
    '0499370899 ',
    '۰۴۹۹۳۷۰۸۹۹',
    '049937089A',
    '',
  ])('"%s" does not', (text) => expect(isNationalId(text)).toBe(false));

  it('is known by one check digit alone', () => {
    const body = fc
      .stringMatching(/^\d{9}$/)
      .filter((nine) => !/^\d{3}0{6}$/.test(nine) && !/^(\d)\1*$/.test(nine));
    fc.assert(
      fc.property(body, (nine) => {
        const fitting = Array.from({ length: 10 }, (_, digit) => nine + digit).filter(isNationalId);
        expect(fitting).toHaveLength(1);
      }),
    );
  });
});

describe('the id of a legal entity', () => {
  it.each(['10380284790', '10101234565'])('%s passes its check', (id) =>
    expect(isLegalEntityId(id)).toBe(true),
  );
  it.each([
    '10380284792',
    '10380285692',
    '09748208301',
    '11111111111',
    '1111111111',
    '10300000092',
    '103802847900',
  ])('%s does not', (id) => expect(isLegalEntityId(id)).toBe(false));

  it('has one check digit for each ten digits, also where the rest is 10', () => {
    const body = fc.stringMatching(/^\d{10}$/).filter((ten) => ten.slice(3, 9) !== '000000');
    fc.assert(
      fc.property(body, (ten) => {
        const fitting = Array.from({ length: 10 }, (_, digit) => ten + digit).filter(isLegalEntityId);
        expect(fitting).toHaveLength(1);
      }),
    );
  });
});

describe('a postal code and the code of a workshop', () => {
  it.each([
    ['1193653471', true],
    ['0183630045', true],
    ['142386473', false],
    ['12', false],
    ['1111111111', false],
    ['01836300451', false],
    ['018363004a', false],
  ])('%s: %s', (text, passes) =>
    expect([isPostalCode(text), isWorkshopCode(text)]).toEqual([passes, passes]),
  );
});

describe('a national id inside a text', () => {
  const id = '0499370899';
  const forms = [
    id,
    '049-937089-9',
    '049 937089 9',
    '049.937089.9',
    '0-4-9-9-3-7-0-8-9-9',
    '0 4 9 9 3 7 0 8 9 9',
  ];

  it.each(forms.flatMap((form) => [form, inPersian(form), inArabic(form)]))('is found as %s', (form) => {
    for (const text of [form, `sso-${form}`, `${form}:7`, `nid${form}x`, `12/${form}/3`, `کد ${form} است`])
      expect([text, holdsNationalId(text)]).toEqual([text, true]);
  });

  it.each([
    'sso-s-123456',
    '0499370898',
    '10499370899',
    '04993708990',
    '499370899',
    '0499-370899',
    'karnama.a.b/0/123456789',
    '7f0499370899aaaaaaaaaaaaaaaaaaaa:12',
    '',
  ])('is not seen in %s', (text) => expect(holdsNationalId(text)).toBe(false));

  it('is seen behind a digest, whose own digits are not looked at', () => {
    const digest = '7f0499370899aaaaaaaaaaaaaaaaaaaa';
    expect(digest).toHaveLength(32);
    expect(holdsNationalId(`${digest}:${id}`)).toBe(true);
    expect(holdsNationalId(`${digest}f:1`)).toBe(true);
  });

  it('is covered, and nothing else is', () => {
    expect(withoutNationalIds('فهرست ۰۴۹۹۳۷۰۸۹۹ 1404-01.csv')).toBe('فهرست ########## 1404-01.csv');
    expect(withoutNationalIds('049-937089-9 and 0499370899')).toBe('###-######-# and ##########');
    expect(withoutNationalIds('CAGEDMOV202601 ۷.csv')).toBe('CAGEDMOV202601 ۷.csv');
  });
});
