import { unknownCode, type Code } from '@karnama/classifications';

/** States of an industrial unit: the classes of progress while it is built, then those of its activity. */
export const unitStates: readonly Code[] = [
  { code: 'P0T19', name: { fa: 'پیشرفت تا ۱۹ درصد', en: 'Progress up to 19%' } },
  { code: 'P20T39', name: { fa: 'پیشرفت ۲۰ تا ۳۹ درصد', en: 'Progress 20 to 39%' } },
  { code: 'P40T59', name: { fa: 'پیشرفت ۴۰ تا ۵۹ درصد', en: 'Progress 40 to 59%' } },
  { code: 'P60T79', name: { fa: 'پیشرفت ۶۰ تا ۷۹ درصد', en: 'Progress 60 to 79%' } },
  { code: 'P80T99', name: { fa: 'پیشرفت ۸۰ تا ۹۹ درصد', en: 'Progress 80 to 99%' } },
  { code: 'P100', name: { fa: 'پیشرفت ۱۰۰ درصد، بی‌پروانه', en: 'Progress 100%, not licensed' } },
  { code: 'ACTIVE', name: { fa: 'فعال', en: 'Active' } },
  { code: 'SEMI', name: { fa: 'نیمه‌فعال', en: 'Semi-active' } },
  { code: 'IDLE', name: { fa: 'راکد', en: 'Idle' } },
  unknownCode,
];

/** Whether a unit lies in an industrial estate. */
export const estateSides: readonly Code[] = [
  { code: 'IN', name: { fa: 'درون شهرک صنعتی', en: 'Inside an industrial estate' } },
  { code: 'OUT', name: { fa: 'بیرون از شهرک صنعتی', en: 'Outside estates' } },
];
