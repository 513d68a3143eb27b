import { lastDayOf, parseDay, parseMonth, type Json, type RecordedEvent } from '@karnama/kernel';

type Data = Readonly<Record<string, Json>>;
type DayOfFact = (data: Data) => number | null;

const dayIn =
  (field: string): DayOfFact =>
  (data) =>
    parseDay(data[field] as string);

const day = dayIn('day');
const lastDay = dayIn('lastDay');
/** The last day of the month as it was written, in its own calendar. */
const month: DayOfFact = (data) => lastDayOf(parseMonth(data['month'] as string));
const none: DayOfFact = () => null;

/** Every event type of the labour registers with identities, and where its data tell the day of the fact. */
const days: Readonly<Record<string, DayOfFact>> = {
  EmploymentStarted: dayIn('startDay'),
  EmploymentChanged: day,
  EmploymentEnded: lastDay,
  WageReported: month,
  WageListReceived: month,
  EmploymentRecordWithdrawn: none,
  JobseekerRegistered: day,
  JobseekerDeregistered: lastDay,
  PlacementRecorded: day,
  JobseekerRecordWithdrawn: none,
  TrainingEnrolled: day,
  TrainingCompleted: day,
  CertificateIssued: day,
  CertificateAnnulled: none,
  SkillRecordWithdrawn: none,
  VacancyPublished: day,
  VacancyFilled: day,
  VacancyClosed: day,
  VacancyRecordWithdrawn: none,
  EstablishmentDeclared: day,
  EstablishmentChanged: day,
  EstablishmentSucceeded: day,
  EstablishmentRecordWithdrawn: none,
  EnterpriseRegistered: day,
  EnterpriseActivityReported: month,
  EnterpriseCeased: lastDay,
  EnterpriseSucceeded: day,
  EnterpriseRecordWithdrawn: none,
  PermitIssued: day,
  PermitAnnulled: day,
  LicenceIssued: day,
  ProgressReported: day,
  CapacityDeclared: month,
  ProductionReported: month,
  OperatingStateChanged: day,
  UnitClosed: lastDay,
  EstateDeclared: day,
  UnitRecordWithdrawn: none,
};

/** Types of the events that bring a labour fact; those of movements without identities are not among them. */
export const labourFacts: readonly string[] = Object.keys(days);

/** Whether an event brings a labour fact. */
export const bringsLabourFact = (event: RecordedEvent): boolean => Object.hasOwn(days, event.type);

/**
 * The day of the fact that an event tells, for a month its last day. Null for a withdrawal, for the
 * annulment of a certificate (neither has a day of its own) and for an event without a labour fact.
 */
export const factDayOf = (event: RecordedEvent): number | null =>
  bringsLabourFact(event) ? (days[event.type] as DayOfFact)(event.data as Data) : null;
