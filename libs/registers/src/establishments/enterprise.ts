import {
  factsInForce,
  parseDay,
  parseMonth,
  recordRegister,
  type Day,
  type Month,
  type Records,
} from '@karnama/kernel';
import type {
  EnterpriseActivityReported,
  EnterpriseCeased,
  EnterpriseRegistered,
  EnterpriseSucceeded,
  LegalForm,
} from './events.js';

/** What an enterprise is. */
export type EnterpriseRegisteredFact = {
  readonly type: 'EnterpriseRegistered';
  readonly day: Day;
  readonly area: string;
  readonly industry: string | null;
  readonly legalForm: LegalForm | null;
};

/** It was active in a month, of the calendar it was told in. */
export type EnterpriseActiveFact = {
  readonly type: 'EnterpriseActivityReported';
  readonly enterprise: string;
  readonly month: Month;
};

/** It ceased; `lastDay` is its last day. */
export type EnterpriseCeasedFact = { readonly type: 'EnterpriseCeased'; readonly lastDay: Day };

/** One took over from another on `day`. Both are told of it. */
export type EnterpriseSucceededFact = {
  readonly type: 'EnterpriseSucceeded';
  readonly predecessor: string;
  readonly successor: string;
  readonly day: Day;
};

export type EnterpriseFact =
  EnterpriseRegisteredFact | EnterpriseActiveFact | EnterpriseCeasedFact | EnterpriseSucceededFact;

/** What was told of an enterprise itself. The kind of a succession is not kept: all kinds count alike. */
export const enterpriseRegister = recordRegister<EnterpriseFact>(
  {
    EnterpriseRegistered: {
      fields: ['day', 'area', 'industry', 'legalForm'],
      fact(data) {
        const { day, area, industry, legalForm } = data as EnterpriseRegistered;
        return { type: 'EnterpriseRegistered', day: parseDay(day), area, industry, legalForm };
      },
    },
    EnterpriseActivityReported: {
      fields: ['enterprise', 'month'],
      fact(data) {
        const { enterprise, month } = data as EnterpriseActivityReported;
        return { type: 'EnterpriseActivityReported', enterprise, month: parseMonth(month) };
      },
    },
    EnterpriseCeased: {
      fields: ['lastDay'],
      fact: (data) => ({ type: 'EnterpriseCeased', lastDay: parseDay((data as EnterpriseCeased).lastDay) }),
    },
    EnterpriseSucceeded: {
      fields: ['predecessor', 'successor', 'day'],
      fact(data) {
        const { predecessor, successor, day } = data as EnterpriseSucceeded;
        return { type: 'EnterpriseSucceeded', predecessor, successor, day: parseDay(day) };
      },
    },
  },
  'EnterpriseRecordWithdrawn',
);

/** The registration that tells what the enterprise is: the earliest. Undefined when none is in force. */
export const registrationOf = (records: Records<EnterpriseFact>): EnterpriseRegisteredFact | undefined => {
  let first: EnterpriseRegisteredFact | undefined;
  for (const fact of factsInForce(records))
    if (fact.type === 'EnterpriseRegistered' && (first === undefined || fact.day < first.day)) first = fact;
  return first;
};
